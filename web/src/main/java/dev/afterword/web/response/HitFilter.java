package dev.afterword.web.response;

import dev.afterword.db.response.hit.HitQueue;
import dev.afterword.db.response.hit.Request;
import dev.afterword.db.response.hit.Signals;
import dev.afterword.db.response.hit.Target;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Takes note of every request of a customer's link once it is answered: what was asked for and by what kind of program, never from where. */
@Component
class HitFilter implements WebFilter {
    private static final Pattern PATH = Pattern.compile("/(?<link>[ru])/(?<token>[^/]{20,100})(?:/(?<below>[a-z]+))?");
    private static final Pattern CHOSEN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.@-]{0,120}");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{1,60}");
    private static final String[] ANNOUNCEMENTS = {"Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"};
    private static final Pattern AHEAD = Pattern.compile("prefetch|prerender|preview");

    private final HitQueue queue;
    private final AfterwordSecret secret;
    private final Clock clock;

    HitFilter(HitQueue queue, AfterwordSecret secret, Clock clock) {
        this.queue = queue;
        this.secret = secret;
        this.clock = clock;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var path = exchange.getRequest().getPath().pathWithinApplication().value();
        if (!path.startsWith("/r/") && !path.startsWith("/u/")) {
            return chain.filter(exchange);
        }
        var came = clock.instant();
        return chain.filter(exchange).doFinally(end -> note(exchange, path, came));
    }

    private void note(ServerWebExchange exchange, String path, Instant came) {
        var matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return;
        }
        var request = exchange.getRequest();
        var unsubscribe = matcher.group("link").equals("u");
        var target =
                unsubscribe ? Optional.of(Target.UNSUBSCRIBE) : target(request.getMethod(), matcher.group("below"));
        var use = unsubscribe ? LinkToken.Use.UNSUBSCRIBE : LinkToken.Use.ANSWER;
        var status = exchange.getResponse().getStatusCode();
        target.ifPresent(asked -> LinkToken.verify(matcher.group("token"), use, secret)
                .ifPresent(token -> queue.offer(new Request(
                        token,
                        asked,
                        method(request.getMethod()),
                        status == null ? 200 : status.value(),
                        chosen(request),
                        signals(request.getHeaders()),
                        came))));
    }

    private static Optional<Target> target(HttpMethod method, @Nullable String below) {
        return switch (below) {
            case null -> Optional.of(HttpMethod.POST.equals(method) ? Target.ANSWER : Target.PAGE);
            case "draft" -> Optional.of(Target.DRAFT);
            case "live" -> Optional.of(Target.LIVE);
            case "thanks" -> Optional.of(Target.THANKS);
            case "logo" -> Optional.of(Target.LOGO);
            case HitPages.SEEN -> Optional.of(Target.SEEN);
            case HitPages.CANARY -> Optional.of(Target.CANARY);
            default -> Optional.empty();
        };
    }

    private static String method(HttpMethod method) {
        var name = method.name();
        return name.length() > 10 ? name.substring(0, 10) : name;
    }

    /** The first answer that the link chooses; what follows a screen carries is none. */
    private static @Nullable String chosen(ServerHttpRequest request) {
        return request.getQueryParams().entrySet().stream()
                .filter(one -> CHOSEN.matcher(one.getKey()).matches()
                        && !one.getValue().isEmpty())
                .filter(one -> one.getValue().getFirst() != null
                        && VALUE.matcher(one.getValue().getFirst()).matches())
                .map(one -> one.getKey() + "=" + one.getValue().getFirst())
                .findFirst()
                .orElse(null);
    }

    private static Signals signals(HttpHeaders headers) {
        var agent = headers.getFirst(HttpHeaders.USER_AGENT);
        return new Signals(
                Stream.of(ANNOUNCEMENTS)
                        .map(headers::getFirst)
                        .anyMatch(said -> said != null
                                && AHEAD.matcher(said.toLowerCase(Locale.ROOT)).find()),
                headers.getFirst(HttpHeaders.ACCEPT_LANGUAGE) != null,
                Agents.family(agent),
                Agents.platform(agent));
    }
}
