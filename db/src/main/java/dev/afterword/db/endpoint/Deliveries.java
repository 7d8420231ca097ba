package dev.afterword.db.endpoint;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Conflict;
import dev.afterword.db.Cursor;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Page;
import dev.afterword.db.endpoint.Delivery.Attempt;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What was delivered to endpoints, and what was not; kept for 30 days. */
@Repository
public class Deliveries {
    private static final int PAGE = 50;
    private static final Cursor FIRST = new Cursor(true, Instant.EPOCH, new UUID(0, 0));
    private static final TypeReference<List<Attempt>> ATTEMPTS = new TypeReference<>() {};

    private final DatabaseClient database;
    private final DatabaseTime time;
    private final JsonMapper json;

    Deliveries(DatabaseClient database, DatabaseTime time, JsonMapper json) {
        this.database = database;
        this.time = time;
        this.json = json;
    }

    /** The deliveries to an endpoint with their attempts, the latest first, 50 a page; otherwise {@code cursor.invalid}. */
    public Mono<Page<Delivery>> of(Endpoint endpoint, @Nullable String next) {
        return Mono.fromCallable(() -> next == null ? FIRST : Cursor.decode(next))
                .flatMap(cursor -> database.sql("""
                                select d.id, d.kind, d.body, d.state, d.due_at, d.finished_at, d.created_at, a.attempts
                                from delivery d
                                left join lateral (
                                    select jsonb_agg(jsonb_build_object('at', t.at, 'tookMillis', t.took_millis, 'status', t.status, 'error', t.error, 'answer', t.answer) order by t.at desc) as attempts
                                    from delivery_attempt t where t.workspace_id = $1 and t.delivery_id = d.id) a on true
                                where d.workspace_id = $1 and d.endpoint_id = $2 and ($3::timestamptz is null or (d.created_at, d.id) < ($3, $4))
                                order by d.created_at desc, d.id desc limit $5
                                """)
                        .bind(0, endpoint.key().workspaceId())
                        .bind(1, endpoint.key().id())
                        .bind(2, next == null ? Parameters.in(Instant.class) : cursor.at())
                        .bind(3, cursor.id())
                        .bind(4, PAGE + 1)
                        .map((Readable row) -> delivery(endpoint.key().workspaceId(), row))
                        .all()
                        .collectList())
                .map(Deliveries::page);
    }

    private static Page<Delivery> page(List<Delivery> found) {
        if (found.size() <= PAGE) {
            return new Page<>(found, null);
        }
        var last = found.get(PAGE - 1);
        return new Page<>(
                found.subList(0, PAGE),
                new Cursor(true, last.createdAt(), last.key().id()).encode());
    }

    /** Tries a message once more, under the same id; otherwise {@code delivery.unknown}, {@code delivery.under-way} or {@code endpoint.off}. */
    public Mono<Void> again(Endpoint endpoint, UUID id) {
        if (!endpoint.enabled()) {
            return Mono.error(new Conflict("endpoint.off"));
        }
        return time.now()
                .flatMap(now -> database.sql("""
                                with known as (select id, state from delivery where workspace_id = $1 and endpoint_id = $2 and id = $3 for update)
                                , again as (
                                    update delivery d set state = 'planned', tries = 0, due_at = $4, finished_at = null from known k
                                    where d.workspace_id = $1 and d.id = k.id and k.state <> 'leased' returning d.id
                                )
                                select exists (select from known) as known, exists (select from again) as again
                                """)
                        .bind(0, endpoint.key().workspaceId())
                        .bind(1, endpoint.key().id())
                        .bind(2, id)
                        .bind(3, now)
                        .map((Readable row) ->
                                new Asked(value(row, "known", Boolean.class), value(row, "again", Boolean.class)))
                        .one())
                .flatMap(asked -> {
                    if (!asked.known) {
                        return Mono.error(new NotFound("delivery.unknown"));
                    }
                    return asked.again ? Mono.empty() : Mono.error(new Conflict("delivery.under-way"));
                });
    }

    private record Asked(boolean known, boolean again) {}

    private Delivery delivery(UUID workspaceId, Readable row) {
        var attempts = row.get("attempts", Json.class);
        return new Delivery(
                new Key(workspaceId, value(row, "id", UUID.class)),
                value(row, "kind", String.class),
                value(row, "body", String.class),
                Delivery.State.of(value(row, "state", String.class)),
                value(row, "due_at", Instant.class),
                row.get("finished_at", Instant.class),
                value(row, "created_at", Instant.class),
                attempts == null ? List.of() : json.readValue(attempts.asString(), ATTEMPTS));
    }
}
