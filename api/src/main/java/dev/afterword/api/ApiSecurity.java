package dev.afterword.api;

import dev.afterword.db.workspace.ApiKeys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Lets programs in by their API key, and by nothing else: no cookie, no session. Headless answering and the API's own description need no key. */
@Configuration(proxyBeanMethods = false)
class ApiSecurity {
    private static final String BEARER = "Bearer ";

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityWebFilterChain apiSecurityChain(
            ServerHttpSecurity http, ApiKeys keys, CallLimits limits, ProblemResponses problems) {
        return http.securityMatcher(new PathPatternParserServerWebExchangeMatcher("/api/**"))
                .authorizeExchange(paths -> paths.pathMatchers(HttpMethod.GET, "/api/v1/openapi.json", "/api/docs/**")
                        .permitAll()
                        .pathMatchers(HttpMethod.GET, "/api/v1/invitations/{token}")
                        .permitAll()
                        .pathMatchers("/api/v1/invitations/{token}/response")
                        .permitAll()
                        .anyExchange()
                        .authenticated())
                .addFilterAt(new KeyFilter(keys, limits), SecurityWebFiltersOrder.AUTHENTICATION)
                .exceptionHandling(handling -> handling.authenticationEntryPoint(
                                (exchange, missing) -> problems.handle(exchange, new NoKey("api-key.missing")))
                        .accessDeniedHandler(
                                (exchange, denied) -> problems.handle(exchange, new NoKey("api-key.missing"))))
                .headers(
                        headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives(
                                        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")))
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .build();
    }

    /** Finds the key that a call names, and counts the call. A key that is named and wrong is refused, even where none is needed. */
    private record KeyFilter(ApiKeys keys, CallLimits limits) implements WebFilter {
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
                    .flatMap(key -> chain.filter(exchange)
                            .contextWrite(ReactiveSecurityContextHolder.withAuthentication(
                                    new CallerAuthentication(new Caller(key)))));
        }
    }
}
