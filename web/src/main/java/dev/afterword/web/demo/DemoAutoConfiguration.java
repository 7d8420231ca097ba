package dev.afterword.web.demo;

import dev.afterword.db.DatabaseAddress;
import dev.afterword.db.DatabaseAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationExcludeFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.header.XFrameOptionsServerHttpHeadersWriter.Mode;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;

/** The demo's own pages and its shop, in a process that started a demo. */
@AutoConfiguration(before = DatabaseAutoConfiguration.class)
@Conditional(InDemo.class)
@ComponentScan(
        basePackageClasses = DemoAutoConfiguration.class,
        excludeFilters =
                @ComponentScan.Filter(type = FilterType.CUSTOM, classes = AutoConfigurationExcludeFilter.class))
public class DemoAutoConfiguration {
    @Bean
    DatabaseAddress databaseAddress(EmbeddedServer server) {
        return server.address();
    }

    /** The demo's own pages need no sign-in: they show nothing that is real, and only to this machine (see LocalOnly). */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityWebFilterChain demoSecurity(ServerHttpSecurity http) {
        return http.securityMatcher(ServerWebExchangeMatchers.pathMatchers("/demo", "/demo/**"))
                .authorizeExchange(exchange -> exchange.anyExchange().permitAll())
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .headers(
                        headers -> headers.frameOptions(frames -> frames.mode(Mode.SAMEORIGIN))
                                .contentSecurityPolicy(
                                        policy -> policy.policyDirectives(
                                                "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'")))
                .build();
    }
}
