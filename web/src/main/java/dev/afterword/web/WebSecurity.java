package dev.afterword.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.csrf.XorServerCsrfTokenRequestAttributeHandler;
import org.springframework.security.web.server.header.CrossOriginOpenerPolicyServerHttpHeadersWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.server.header.CrossOriginResourcePolicyServerHttpHeadersWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.header.StaticServerHttpHeadersWriter;
import org.springframework.security.web.server.header.XFrameOptionsServerHttpHeadersWriter.Mode;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.security.web.server.util.matcher.NegatedServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;

/** Who may open which page. Customers' pages have no cookie and no token; everything else belongs to the staff's sessions. The API guards itself. */
@Configuration
class WebSecurity {
    private static final String POLICY =
            "default-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:";

    /** No page asks for these; nor may what is ever smuggled into one. */
    private static final String NO_DEVICES =
            "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), serial=(), usb=()";

    @Bean
    @Order(20)
    SecurityWebFilterChain customersPages(ServerHttpSecurity http) {
        return http.securityMatcher(ServerWebExchangeMatchers.pathMatchers(
                        "/r/**",
                        "/s/**",
                        "/o/**",
                        "/u/**",
                        "/f/**",
                        "/c/**",
                        "/css/answer.css",
                        "/js/answer.js",
                        "/js/frame.js",
                        "/js/embed.js"))
                .securityContextRepository(
                        org.springframework.security.web.server.context.NoOpServerSecurityContextRepository
                                .getInstance())
                .requestCache(cache -> cache.requestCache(NoOpServerRequestCache.getInstance()))
                .authorizeExchange(exchange -> exchange.anyExchange().permitAll())
                .csrf(CsrfSpec::disable)
                .httpBasic(basic -> basic.disable())
                .formLogin(form -> form.disable())
                .logout(logout -> logout.disable())
                // A product's picture may lie on the shop's own server.
                .headers(headers -> {
                    headers(headers, POLICY + " https:");
                    // A page says it itself: some are shown in frames.
                    headers.frameOptions(frames -> frames.disable());
                    headers.referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                            .writer(StaticServerHttpHeadersWriter.builder()
                                    .header("X-Robots-Tag", "noindex")
                                    .build())
                            .writer(WebSecurity::onlyTheScriptOfFramesIsForOthers);
                })
                .build();
    }

    @Bean
    @Order(100)
    SecurityWebFilterChain staffPages(ServerHttpSecurity http, StaffSessions sessions, WorkspaceAccess access) {
        var tokens = new XorServerCsrfTokenRequestAttributeHandler();
        tokens.setTokenFromMultipartDataEnabled(true);
        return http.securityMatcher(
                        new NegatedServerWebExchangeMatcher(ServerWebExchangeMatchers.pathMatchers("/api/**")))
                .securityContextRepository(sessions)
                .requestCache(cache -> cache.requestCache(NoOpServerRequestCache.getInstance()))
                .authorizeExchange(exchange -> places(exchange, access))
                .csrf(csrf -> csrf.csrfTokenRepository(sessions)
                        .csrfTokenRequestHandler(tokens)
                        .accessDeniedHandler((exchange, denied) -> Mono.error(new Stale())))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint((exchange, problem) -> toSignIn(exchange))
                                .accessDeniedHandler((exchange, denied) -> Mono.error(denied(exchange))))
                .httpBasic(basic -> basic.disable())
                .formLogin(form -> form.disable())
                .logout(logout -> logout.disable())
                .headers(headers -> {
                    headers(headers, POLICY);
                    // What a signed-in browser gets is for our own pages: no other may load it, nor hold on to a window
                    // with it.
                    headers.crossOriginResourcePolicy(
                                    resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                            .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN));
                })
                .build();
    }

    private static Mono<Void> onlyTheScriptOfFramesIsForOthers(ServerWebExchange exchange) {
        var shared = exchange.getRequest().getPath().value().endsWith("/js/embed.js");
        exchange.getResponse()
                .getHeaders()
                .set("Cross-Origin-Resource-Policy", shared ? "cross-origin" : "same-origin");
        return Mono.empty();
    }

    private static void places(AuthorizeExchangeSpec exchange, WorkspaceAccess access) {
        exchange.pathMatchers("/w/{code}/**", "/w/{code}")
                .access(access)
                .pathMatchers(
                        "/",
                        "/sign-in",
                        "/sign-in/code",
                        "/sign-in/with",
                        "/sign-in/with/*",
                        "/sign-in/with/*/go",
                        "/sign-in/with/*/return",
                        "/sign-out",
                        "/workspaces",
                        "/forgotten",
                        "/password/*",
                        "/welcome/*")
                .permitAll()
                .pathMatchers(HttpMethod.GET, "/css/**", "/js/**", "/fonts/**", "/webjars/**", "/_static/**", "/*.*")
                .permitAll()
                .pathMatchers(HttpMethod.HEAD, "/css/**", "/js/**", "/fonts/**", "/webjars/**", "/_static/**", "/*.*")
                .permitAll()
                .anyExchange()
                .denyAll();
    }

    private static void headers(HeaderSpec headers, String policy) {
        headers.contentSecurityPolicy(content -> content.policyDirectives(policy))
                .frameOptions(frames -> frames.mode(Mode.DENY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicy(permissions -> permissions.policy(NO_DEVICES))
                .hsts(hsts -> hsts.maxAge(Duration.ofDays(365)).includeSubdomains(false));
    }

    /** Without a session, a page of a workspace leads to sign-in and back; htmx and event streams are told so in their own way. Other addresses do not exist. */
    private static Mono<Void> toSignIn(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        var path = request.getPath().pathWithinApplication().value();
        if (!path.startsWith("/w/")) {
            return Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND));
        }
        var response = exchange.getResponse();
        if (path.endsWith("/news")) {
            response.setStatusCode(HttpStatus.NO_CONTENT);
            return response.setComplete();
        }
        var query = request.getURI().getRawQuery();
        var next = HttpMethod.GET.equals(request.getMethod())
                ? path + (query == null ? "" : "?" + query)
                : path.replaceFirst("^(/w/[^/]*/).*$", "$1");
        if (request.getHeaders().containsHeader("HX-Request")) {
            response.setStatusCode(HttpStatus.UNAUTHORIZED);
            response.getHeaders().set("HX-Redirect", "/");
            return response.setComplete();
        }
        response.setStatusCode(HttpStatus.SEE_OTHER);
        response.getHeaders().setLocation(URI.create("/?next=" + UriUtils.encode(next, StandardCharsets.UTF_8)));
        return response.setComplete();
    }

    private static ResponseStatusException denied(ServerWebExchange exchange) {
        var inside =
                exchange.getRequest().getPath().pathWithinApplication().value().startsWith("/w/");
        return new ResponseStatusException(inside ? HttpStatus.FORBIDDEN : HttpStatus.NOT_FOUND);
    }
}
