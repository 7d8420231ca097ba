package dev.afterword.web;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.web.server.ServerWebExchange;

/** What just happened, told once on the page after a redirect: the code of a text {@code flash.<code>}, carried by a cookie because pages keep no state. */
public final class Flash {
    private static final String COOKIE = "afterword-flash";
    private static final Pattern CODE = Pattern.compile("[a-z][a-z.-]{0,60}");

    private Flash() {}

    /** Says it on the next page; call it before returning the redirect. */
    public static void say(ServerWebExchange exchange, String code) {
        exchange.getResponse().addCookie(cookie(exchange, code, Duration.ofMinutes(1)));
    }

    /** What was said for this page; it is forgotten with that. */
    static @Nullable String take(ServerWebExchange exchange) {
        var cookie = exchange.getRequest().getCookies().getFirst(COOKIE);
        if (cookie == null || !CODE.matcher(cookie.getValue()).matches()) {
            return null;
        }
        exchange.getResponse().addCookie(cookie(exchange, "", Duration.ZERO));
        return cookie.getValue();
    }

    private static ResponseCookie cookie(ServerWebExchange exchange, String value, Duration age) {
        return ResponseCookie.from(COOKIE, value)
                .path("/")
                .maxAge(age)
                .httpOnly(true)
                .secure("https".equals(exchange.getRequest().getURI().getScheme()))
                .sameSite("Lax")
                .build();
    }
}
