package dev.afterword.api;

import dev.afterword.db.workspace.ApiKeys;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.web.server.MatcherSecurityWebFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.header.CacheControlServerHttpHeadersWriter;
import org.springframework.security.web.server.header.CompositeServerHttpHeadersWriter;
import org.springframework.security.web.server.header.CrossOriginOpenerPolicyServerHttpHeadersWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.server.header.CrossOriginResourcePolicyServerHttpHeadersWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.server.header.HttpHeaderWriterWebFilter;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.header.ServerHttpHeadersWriter;
import org.springframework.security.web.server.header.StaticServerHttpHeadersWriter;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Lets programs in by their API key, and by nothing else: no cookie, no session. Headless answering and the API's own description need no key. */
@Configuration(proxyBeanMethods = false)
class ApiSecurity {
    private static final String BEARER = "Bearer ";
    private static final ServerHttpHeadersWriter HEADERS = new CompositeServerHttpHeadersWriter(
            new CacheControlServerHttpHeadersWriter(),
            StaticServerHttpHeadersWriter.builder()
                    .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                    .header("Cross-Origin-Resource-Policy", "same-origin")
                    .header("Referrer-Policy", "no-referrer")
                    .header("Strict-Transport-Security", "max-age=31536000")
                    .header("X-Content-Type-Options", "nosniff")
                    .build());

    /** Answering is what is called most and needs nobody's name: it passes only what it needs. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityWebFilterChain answeringChain(ApiKeys keys, CallLimits limits, ApiAudit audit) {
        return new MatcherSecurityWebFilterChain(
                ServerWebExchangeMatchers.matchers(
                        new PathPatternParserServerWebExchangeMatcher("/api/v1/invitations/{token}", HttpMethod.GET),
                        new PathPatternParserServerWebExchangeMatcher("/api/v1/invitations/{token}/response")),
                List.of(new HttpHeaderWriterWebFilter(HEADERS), new KeyFilter(keys, limits, audit)));
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    SecurityWebFilterChain apiSecurityChain(
            ServerHttpSecurity http, ApiKeys keys, CallLimits limits, ApiAudit audit, ProblemResponses problems) {
        return http.securityMatcher(new PathPatternParserServerWebExchangeMatcher("/api/**"))
                .authorizeExchange(paths -> paths.pathMatchers(
                                HttpMethod.GET, "/api/v1/openapi.json", "/api/v1/survey.schema.json", "/api/docs/**")
                        .permitAll()
                        .anyExchange()
                        .authenticated())
                .addFilterAt(new KeyFilter(keys, limits, audit), SecurityWebFiltersOrder.AUTHENTICATION)
                .exceptionHandling(handling -> handling.authenticationEntryPoint(
                                (exchange, missing) -> problems.handle(exchange, new NoKey("api-key.missing")))
                        .accessDeniedHandler(
                                (exchange, denied) -> problems.handle(exchange, new NoKey("api-key.missing"))))
                .headers(
                        headers -> headers.crossOriginResourcePolicy(
                                        resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                                .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                                .contentSecurityPolicy(
                                        policy -> policy.policyDirectives(
                                                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")))
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .build();
    }

    /** Finds the key that a call names, and counts the call. A key that is named and wrong is refused, even where none is needed. */
    private record KeyFilter(ApiKeys keys, CallLimits limits, ApiAudit audit) implements WebFilter {
        @Override
        public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
            var header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
            if (header == null) {
                return chain.filter(exchange);
            }
            if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                return Mono.error(new NoKey("api-key.wrong"));
            }
            var secret = header.substring(BEARER.length()).strip();
            var name = CallLimits.name(secret);
            return limits.call(name)
                    .then(Mono.defer(() -> keys.use(secret)))
                    .switchIfEmpty(Mono.error(() -> new NoKey("api-key.wrong")))
                    .doOnNext(key -> limits.genuine(name))
                    .map(used -> new Caller(used.key(), used.permissions()))
                    .doOnNext(caller -> {
                        ApiPermits.check(caller, exchange.getRequest());
                        audit.listen(exchange, caller);
                    })
                    .flatMap(caller -> chain.filter(exchange)
                            .contextWrite(ReactiveSecurityContextHolder.withAuthentication(
                                    new CallerAuthentication(caller))));
        }
    }
}
