package dev.afterword.worker.endpoint;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.endpoint.Delivery.Attempt;
import dev.afterword.db.endpoint.DeliveryQueue;
import dev.afterword.db.endpoint.DeliveryQueue.Leased;
import dev.afterword.db.endpoint.RecordAttempt;
import dev.afterword.worker.PublicHttp;
import dev.afterword.worker.PublicHttp.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes messages to endpoints that are due, workspace by workspace in turn, signs them (Standard Webhooks) and keeps what became of each. */
class CallEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger(CallEndpoints.class);
    /** Longer than a call may take. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final DeliveryQueue queue;
    private final RecordAttempt recordAttempt;
    private final PublicHttp http;
    private final DatabaseTime time;
    private final MeterRegistry meters;
    private final InFlight inFlight;

    CallEndpoints(
            DeliveryQueue queue,
            RecordAttempt recordAttempt,
            PublicHttp http,
            DatabaseTime time,
            MeterRegistry meters,
            InFlight inFlight) {
        this.queue = queue;
        this.recordAttempt = recordAttempt;
        this.http = http;
        this.time = time;
        this.meters = meters;
        this.inFlight = inFlight;
    }

    /** One round; true when something was taken. It does not wait for answers, so that a slow receiver holds up no other. */
    Mono<Boolean> round() {
        return time.now()
                .flatMap(now -> queue.workspacesWithDue(now)
                        .flatMapMany(Flux::fromIterable)
                        .filter(workspace -> inFlight.hasRoom())
                        .concatMap(workspace -> take(workspace, now), 1)
                        .reduce(false, (some, taken) -> some || taken));
    }

    private Mono<Boolean> take(UUID workspaceId, Instant now) {
        return queue.claim(workspaceId, now, LEASE).map(claimed -> {
            claimed.forEach(leased -> inFlight.begin(leased.key().id(), leased.token(), deliver(leased)));
            return !claimed.isEmpty();
        });
    }

    private Mono<Void> deliver(Leased leased) {
        return time.now()
                .flatMap(at ->
                        call(leased, at).flatMap(result -> time.now().flatMap(now -> record(leased, at, result, now))))
                .onErrorResume(error -> {
                    LOG.warn(
                            "What became of delivery {} could not be kept; it is due again when its lease ends: {}",
                            leased.key().id(),
                            error.toString());
                    return Mono.empty();
                });
    }

    /** An answer, or why there was none. */
    private record Result(@Nullable Answer answer, @Nullable String error, long tookMillis) {}

    private Mono<Result> call(Leased leased, Instant at) {
        if (!leased.signable()) {
            return Mono.just(new Result(null, "its secret cannot be opened with afterword.secret", 0));
        }
        var headers = Map.of(
                "Content-Type", "application/json",
                "webhook-id", leased.key().id().toString(),
                "webhook-timestamp", Long.toString(at.getEpochSecond()),
                "webhook-signature", leased.signature(at));
        return http.post(leased.url(), headers, leased.body())
                .elapsed()
                .map(timed -> new Result(timed.getT2(), null, timed.getT1()))
                .onErrorResume(error -> Mono.just(new Result(null, reason(error), 0)));
    }

    private static String reason(Throwable error) {
        var said = error.getMessage();
        return said == null ? error.getClass().getSimpleName() : said;
    }

    private Mono<Void> record(Leased leased, Instant at, Result result, Instant now) {
        var answer = result.answer();
        var attempt = new Attempt(
                at,
                (int) result.tookMillis(),
                answer == null ? null : answer.status(),
                result.error(),
                answer == null ? null : answer.text());
        meters.counter("afterword.deliveries", "outcome", attempt.delivered() ? "delivered" : "refused")
                .increment();
        return recordAttempt
                .record(leased, attempt, answer == null ? null : wait(answer.retryAfter(), now), now)
                .doOnNext(stopped -> {
                    if (stopped) {
                        LOG.warn(
                                "An endpoint of workspace {} was switched off because nothing comes through",
                                leased.key().workspaceId());
                        meters.counter("afterword.endpoints.stopped").increment();
                    }
                })
                .then();
    }

    /** Retry-After (RFC 9110 §10.2.3): seconds or a date; null where it says neither. */
    static @Nullable Duration wait(@Nullable String retryAfter, Instant now) {
        var text = Objects.requireNonNullElse(retryAfter, "").strip();
        try {
            if (text.matches("\\d{1,9}")) {
                return Duration.ofSeconds(Long.parseLong(text));
            }
            return text.isEmpty()
                    ? null
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
