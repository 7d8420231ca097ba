package dev.afterword.web.response;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.header.StaticServerHttpHeadersWriter;
import org.springframework.security.web.server.util.matcher.OrServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;

/** Customers' pages are open to whoever holds the link: no session, no cookie, and so nothing that a forged form could misuse. */
@Configuration(proxyBeanMethods = false)
class CustomerSecurity {
    @Bean
    @Order(-20)
    SecurityWebFilterChain customerChain(ServerHttpSecurity http) {
        return http.securityMatcher(new OrServerWebExchangeMatcher(
                        new PathPatternParserServerWebExchangeMatcher("/r/**"),
                        new PathPatternParserServerWebExchangeMatcher("/u/**"),
                        new PathPatternParserServerWebExchangeMatcher("/css/answer.css"),
                        new PathPatternParserServerWebExchangeMatcher("/js/answer.js")))
                .authorizeExchange(exchanges -> exchanges.anyExchange().permitAll())
                .csrf(CsrfSpec::disable)
                .requestCache(RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .headers(headers -> headers.referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .writer(StaticServerHttpHeadersWriter.builder()
                                .header("X-Robots-Tag", "noindex")
                                .build()))
                .build();
    }
}
