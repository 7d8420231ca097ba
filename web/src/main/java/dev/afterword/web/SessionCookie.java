package dev.afterword.web;

import dev.afterword.db.Installation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * The cookies that staff has: the one that holds a session's id, the one that ties the forms of somebody not signed in to their browser, the one that ties who has
 * gone to a provider to the browser they come back with, and the one by which a browser is known that somebody signed in with before. All are only for this host,
 * out of reach of scripts, and go over https alone; without https (the demo on this machine) they lose that and the prefix that asks for it.
 */
@Component
public class SessionCookie {
    private final boolean secure;

    SessionCookie(Installation installation) {
        this.secure = "https".equals(installation.url().getScheme());
    }

    /** Gives the browser a new session. The cookie lasts as long as the browser runs; the database knows when the session ends. */
    public void set(ServerWebExchange exchange, String sessionId) {
        add(exchange, sessionName(), sessionId, null);
        add(exchange, visitorName(), "", Duration.ZERO);
    }

    public void clear(ServerWebExchange exchange) {
        add(exchange, sessionName(), "", Duration.ZERO);
    }

    /** The browser is known from now on, for half a year. */
    void setDevice(ServerWebExchange exchange, String token) {
        add(exchange, deviceName(), token, Duration.ofDays(180));
    }

    @Nullable
    String device(ServerWebExchange exchange) {
        return value(exchange.getRequest(), deviceName());
    }

    private String deviceName() {
        return secure ? "__Host-afterword-device" : "afterword-device";
    }

    /** The browser goes to a provider, and is back in ten minutes or not at all. */
    public void setAway(ServerWebExchange exchange, String id) {
        add(exchange, awayName(), id, Duration.ofMinutes(10));
    }

    /** What it held when it went; null for one that never did, or that stayed too long. */
    public @Nullable String away(ServerWebExchange exchange) {
        return value(exchange.getRequest(), awayName());
    }

    private String awayName() {
        return secure ? "__Host-afterword-away" : "afterword-away";
    }

    @Nullable
    String session(ServerWebExchange exchange) {
        return session(exchange.getRequest());
    }

    @Nullable
    String session(ServerHttpRequest request) {
        return value(request, sessionName());
    }

    void setVisitor(ServerWebExchange exchange, String token) {
        add(exchange, visitorName(), token, null);
    }

    @Nullable
    String visitor(ServerWebExchange exchange) {
        return value(exchange.getRequest(), visitorName());
    }

    private String sessionName() {
        return secure ? "__Host-afterword" : "afterword";
    }

    private String visitorName() {
        return secure ? "__Host-afterword-visitor" : "afterword-visitor";
    }

    private static @Nullable String value(ServerHttpRequest request, String name) {
        var cookie = request.getCookies().getFirst(name);
        var value = cookie == null ? "" : cookie.getValue();
        return value.isEmpty() || value.length() > 100 ? null : value;
    }

    private void add(ServerWebExchange exchange, String name, String value, @Nullable Duration age) {
        var cookie = ResponseCookie.from(name, value)
                .path("/")
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax");
        if (age != null) {
            cookie.maxAge(age);
        }
        exchange.getResponse().addCookie(cookie.build());
    }
}
