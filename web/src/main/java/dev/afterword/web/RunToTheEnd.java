package dev.afterword.web;

import dev.afterword.db.Transactions;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Answers a page to its end even when the browser has gone on to another: a query that is cut off half-way leaves its connection waiting for the rest, and who
 * gets that connection next would wait with it. Event streams end with their browser.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RunToTheEnd implements WebFilter {
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var answer = chain.filter(exchange);
        return exchange.getRequest().getPath().value().endsWith("/news") ? answer : Transactions.apart(answer);
    }
}
