package dev.afterword.db.endpoint;

import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.endpoint.Delivery.Attempt;
import dev.afterword.db.endpoint.DeliveryQueue.Leased;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import io.r2dbc.spi.Parameters;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Keeps an attempt to deliver and decides what follows: delivered, tried again later, given up; and off with an endpoint that is gone or has failed for days. */
@Component
public class RecordAttempt {
    /** After so long without anything coming through an endpoint is switched off. */
    private static final Duration PATIENCE = Duration.ofDays(5);

    private final Endpoints endpoints;
    private final Events events;
    private final DatabaseClient database;
    private final Transactions transactions;
    private final RandomGenerator random = RandomGenerator.getDefault();

    RecordAttempt(Endpoints endpoints, Events events, DatabaseClient database, Transactions transactions) {
        this.endpoints = endpoints;
        this.events = events;
        this.database = database;
        this.transactions = transactions;
    }

    /**
     * Keeps it; true when the endpoint was switched off for it.
     *
     * @param retryAfter what the receiver asked for; null where it asked for nothing
     */
    public Mono<Boolean> record(Leased leased, Attempt attempt, @Nullable Duration retryAfter, Instant now) {
        var again = attempt.delivered() || attempt.gone()
                ? null
                : RetrySchedule.after(leased.tries(), retryAfter, random.nextDouble())
                        .map(now::plus)
                        .orElse(null);
        return transactions.run(keep(leased, attempt, again, now)
                .filter(kept -> kept)
                .flatMap(kept -> standing(leased, attempt, now)
                        .flatMap(because ->
                                stop(new Key(leased.key().workspaceId(), leased.endpointId()), because, now)))
                .defaultIfEmpty(false));
    }

    /** Guarded by the lease: what another worker has taken over meanwhile is not touched, but the attempt is kept. */
    private Mono<Boolean> keep(Leased leased, Attempt attempt, @Nullable Instant again, Instant now) {
        var state = attempt.delivered() ? "delivered" : again == null ? "failed" : "planned";
        return database.sql("""
                        with kept as (
                            insert into delivery_attempt (workspace_id, delivery_id, at, took_millis, status, error, answer) values ($1, $2, $4, $5, $6, $7, $8)
                            on conflict do nothing
                        ), changed as (
                            update delivery set state = $9, due_at = coalesce($10, due_at), finished_at = case when $9 = 'planned' then null else $11::timestamptz end,
                                lease_until = null, lease_token = null
                            where workspace_id = $1 and id = $2 and lease_token = $3 returning id
                        )
                        select exists (select from changed) as mine
                        """)
                .bind(0, leased.key().workspaceId())
                .bind(1, leased.key().id())
                .bind(2, leased.token())
                .bind(3, attempt.at())
                .bind(4, attempt.tookMillis())
                .bind(5, orNull(attempt.status(), Integer.class))
                .bind(6, orNull(attempt.error(), String.class))
                .bind(7, orNull(attempt.answer(), String.class))
                .bind(8, state)
                .bind(9, orNull(again, Instant.class))
                .bind(10, now)
                .mapValue(Boolean.class)
                .one();
    }

    private static <T> Object orNull(@Nullable T value, Class<T> type) {
        return value == null ? Parameters.in(type) : value;
    }

    /** How the endpoint stands after it; empty unless it is to be switched off. Its row is written only where something changes. */
    private Mono<Endpoint.Because> standing(Leased leased, Attempt attempt, Instant now) {
        if (attempt.delivered()) {
            return database.sql(
                            "update endpoint set failing_since = null where workspace_id = $1 and id = $2 and failing_since is not null")
                    .bind(0, leased.key().workspaceId())
                    .bind(1, leased.endpointId())
                    .then()
                    .then(Mono.empty());
        }
        return database.sql(
                        "update endpoint set failing_since = $3 where workspace_id = $1 and id = $2 and failing_since is null")
                .bind(0, leased.key().workspaceId())
                .bind(1, leased.endpointId())
                .bind(2, now)
                .then()
                .then(database.sql(
                                "select failing_since <= $3 as long from endpoint where workspace_id = $1 and id = $2")
                        .bind(0, leased.key().workspaceId())
                        .bind(1, leased.endpointId())
                        .bind(2, now.minus(PATIENCE))
                        .mapValue(Boolean.class)
                        .one())
                .flatMap(tooLong -> attempt.gone()
                        ? Mono.just(Endpoint.Because.GONE)
                        : tooLong ? Mono.just(Endpoint.Because.FAILING) : Mono.empty());
    }

    private Mono<Boolean> stop(Key endpoint, Endpoint.Because because, Instant now) {
        return endpoints
                .off(endpoint, because, now)
                .flatMap(wasOn -> wasOn
                        ? events.append(Event.of(
                                        endpoint.workspaceId(),
                                        EventKind.ENDPOINT_STOPPED,
                                        endpoint.id(),
                                        null,
                                        false,
                                        now))
                                .thenReturn(true)
                        : Mono.just(false));
    }
}
