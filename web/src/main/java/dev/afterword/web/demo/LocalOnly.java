package dev.afterword.web.demo;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** The demo talks to this machine only: no other name leads here, nothing comes through a proxy, and no foreign page may post to it. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class LocalOnly implements WebFilter {
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final MessageSource messages;

    LocalOnly(MessageSource messages) {
        this.messages = messages;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (isLocal(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        var response = exchange.getResponse();
        response.setStatusCode(HttpStatus.FORBIDDEN);
        response.getHeaders().setContentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8));
        var text = messages.getMessage("demo.only-here", null, Locale.ENGLISH);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static boolean isLocal(ServerHttpRequest request) {
        var headers = request.getHeaders();
        var host = headers.getFirst(HttpHeaders.HOST);
        return host != null
                && NAMES.contains(host.replaceFirst(":\\d{1,5}$", "").toLowerCase(Locale.ROOT))
                && headers.headerNames().stream().noneMatch(LocalOnly::isForwarded)
                && (SAFE.contains(request.getMethod()) || isOwnPage(headers.getOrigin()) || isSameOrigin(headers));
    }

    private static boolean isForwarded(String header) {
        return header.equalsIgnoreCase("forwarded") || header.regionMatches(true, 0, "x-forwarded-", 0, 12);
    }

    /** A page that tells nobody where one comes from names no origin of its own either ("null"); the browser itself says that it is the same. */
    private static boolean isSameOrigin(HttpHeaders headers) {
        return "same-origin".equals(headers.getFirst("Sec-Fetch-Site"));
    }

    /** Programs send no origin; of a browser's origins, only this machine's own may change anything. */
    private static boolean isOwnPage(@Nullable String origin) {
        if (origin == null) {
            return true;
        }
        try {
            var host = URI.create(origin).getHost();
            return host != null && NAMES.contains(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
