package dev.afterword.web.event;

import dev.afterword.db.event.News;
import dev.afterword.db.workspace.Session;
import dev.afterword.db.workspace.Sessions;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Looks for news two or three times a second for all event streams of this process together, and at nothing while there are none; also notices whose session has ended. */
@Component
class NewsDesk {
    private static final Logger LOG = LoggerFactory.getLogger(NewsDesk.class);
    private static final Duration PAUSE = Duration.ofMillis(400);
    private static final int BACKLOG = 16;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** What was under way when the page was read. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final News news;
    private final Sessions sessions;
    private final Clock clock;
    private final Map<UUID, Long> positions = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> listeners = new ConcurrentHashMap<>();
    private final Flux<Round> rounds;

    NewsDesk(News news, Sessions sessions, Clock clock) {
        this.news = news;
        this.sessions = sessions;
        this.clock = clock;
        this.rounds = Mono.defer(this::round)
                .repeatWhen(done -> done.delayElements(PAUSE))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, PAUSE)
                        .maxBackoff(Duration.ofSeconds(20))
                        .transientErrors(true)
                        .doBeforeRetry(retry -> LOG.warn(
                                "Looking for news failed: {}", retry.failure().toString())))
                .share();
    }

    /** What one look brought: news of all workspaces that somebody looks at, and the sessions among those listening that have ended. */
    private record Round(List<News.Item> items, Set<String> ended) {}

    /** The position before whatever happened since a page was read, at most a minute ago. */
    Mono<Long> before(UUID workspaceId, Duration age) {
        var since = clock.instant()
                .minus(age.compareTo(LONGEST) > 0 ? LONGEST : age)
                .minus(MARGIN);
        return news.before(workspaceId, since);
    }

    /**
     * News of a workspace after that position; it completes when the session has ended. A reader that is too slow misses some, and reloads what it shows anyway.
     */
    Flux<News.Item> of(UUID workspaceId, Session session, long from) {
        var mine = session.hash();
        return news.end(workspaceId)
                .doOnNext(end -> {
                    // Not past what others who listen have not been told yet: telling twice does no harm.
                    positions.merge(workspaceId, end, Math::min);
                    listeners.computeIfAbsent(mine, _ -> new AtomicInteger()).incrementAndGet();
                })
                .flatMapMany(end -> Flux.mergeSequential(
                                missed(workspaceId, from, end),
                                rounds.onBackpressureBuffer(BACKLOG, dropped -> {}, BufferOverflowStrategy.DROP_OLDEST)
                                        .takeWhile(round -> !round.ended().contains(mine))
                                        .concatMapIterable(Round::items)
                                        .filter(item ->
                                                item.workspaceId().equals(workspaceId) && item.position() > end))
                        .doFinally(signal -> leave(mine)));
    }

    /** What happened between the page and its stream. */
    private Flux<News.Item> missed(UUID workspaceId, long from, long end) {
        return from >= end
                ? Flux.empty()
                : news.after(Map.of(workspaceId, from))
                        .flatMapIterable(items -> items)
                        .filter(item -> item.position() <= end);
    }

    private void leave(String session) {
        listeners.computeIfPresent(session, (_, count) -> count.decrementAndGet() <= 0 ? null : count);
        if (listeners.isEmpty()) {
            positions.clear();
        }
    }

    private Mono<Round> round() {
        // Who joins while this look is under way is not in it, and has not ended.
        var asked = Set.copyOf(listeners.keySet());
        return Mono.zip(news.after(Map.copyOf(positions)), sessions.live(asked, clock.instant()))
                .map(found -> {
                    found.getT1().forEach(item -> positions.merge(item.workspaceId(), item.position(), Math::max));
                    return new Round(found.getT1(), without(asked, found.getT2()));
                });
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        var rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}
