package dev.afterword.web.event;

import dev.afterword.db.event.News;
import dev.afterword.web.Signed;
import dev.afterword.web.StaffSessions;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The event stream of a workspace: messages {@code news} with ids only, a comment every 20 seconds so that proxies keep it open, and a last message {@code ended}
 * when the session has. One stream serves all tabs of a browser (see {@code static/js/news.js}, which turns a message into DOM events on the body). A fragment
 * that shows responses reloads itself so:
 *
 * <pre>{@code <section id="scores" hx-get="/w/…/_scores" hx-trigger="news:response from:body throttle:2s" hx-swap="outerHTML">}</pre>
 */
@Controller
class NewsPages {
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);

    private final NewsDesk desk;
    private final StaffSessions sessions;

    NewsPages(NewsDesk desk, StaffSessions sessions) {
        this.desk = desk;
        this.sessions = sessions;
    }

    /** What a browser is told. */
    record Message(String kind, UUID subject, @Nullable UUID contact) {
        static Message of(News.Item item) {
            return new Message(item.kind().code(), item.subjectId(), item.contactId());
        }
    }

    /**
     * The stream.
     *
     * @param age for how many milliseconds the browser has what it shows
     * @param last what it heard last, where the connection was lost (HTML Living Standard, 9.2.5)
     */
    @GetMapping(path = "/w/{code}/news", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @ResponseBody
    Flux<ServerSentEvent<Message>> news(
            Signed signed,
            @RequestParam(defaultValue = "0") long age,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable Long last,
            ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().set("X-Accel-Buffering", "no");
        var workspace = signed.workspace().id();
        var from = last == null ? desk.before(workspace, Duration.ofMillis(Math.max(0, age))) : Mono.just(last);
        return Mono.zip(sessions.of(exchange), from)
                .flatMapMany(read -> desk.of(workspace, read.getT1(), read.getT2())
                        .map(item -> ServerSentEvent.builder(Message.of(item))
                                .id(Long.toString(item.position()))
                                .event("news")
                                .build())
                        .concatWithValues(ServerSentEvent.<Message>builder()
                                .event("ended")
                                .comment("sign in again")
                                .build())
                        .mergeWith(heartbeat())
                        .takeUntil(message -> "ended".equals(message.event())));
    }

    private static Flux<ServerSentEvent<Message>> heartbeat() {
        return Flux.interval(Duration.ZERO, HEARTBEAT)
                .map(beat -> ServerSentEvent.<Message>builder().comment("here").build());
    }
}
