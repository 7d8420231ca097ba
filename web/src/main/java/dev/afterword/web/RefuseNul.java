package dev.afterword.web;

import dev.afterword.db.Rejected;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Refuses the address of a page that has a NUL in it, which no text in PostgreSQL can hold, so that nobody behind has to ask; after security, which adds the headers of every answer. */
@Component
@Order(0)
class RefuseNul implements WebFilter {
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var address = exchange.getRequest().getURI();
        var calls = address.getRawPath().startsWith("/api/");
        return !calls && address.toString().contains("%00")
                ? Mono.error(new Rejected("request.nul", null))
                : chain.filter(exchange);
    }
}
