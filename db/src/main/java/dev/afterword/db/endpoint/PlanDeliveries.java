package dev.afterword.db.endpoint;

import dev.afterword.db.Columns;
import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Unnest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Queues messages for endpoints, each once for its cause, whoever asks for it twice. */
@Component
public class PlanDeliveries {
    private final DatabaseClient database;
    private final DatabaseTime time;
    private final JsonMapper json;

    PlanDeliveries(DatabaseClient database, DatabaseTime time, JsonMapper json) {
        this.database = database;
        this.time = time;
        this.json = json;
    }

    /**
     * Something that an endpoint is told.
     *
     * @param cause what it is once for at that endpoint
     * @param kind what it tells of, as {@code order.changed}
     * @param at when that happened
     * @param data ids and what a receiver needs to go on, never a mail address
     */
    public record Message(String endpoint, String cause, String kind, Instant at, Map<String, Object> data) {}

    /** Joins the transaction of its caller. An endpoint that is off keeps the message as cancelled; one that is unknown gets none. */
    public Mono<Void> plan(UUID workspaceId, List<Message> messages, Instant now) {
        if (messages.isEmpty()) {
            return Mono.empty();
        }
        var statement = database.sql("""
                        insert into delivery as d (workspace_id, id, endpoint_id, cause, kind, body, state, due_at, finished_at, created_at)
                        select $1, n.id, e.id, n.cause, n.kind, n.body, case when e.disabled_at is null then 'planned' else 'cancelled' end,
                            $2, case when e.disabled_at is not null then $2::timestamptz end, $2
                        from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[]) n(id, endpoint, cause, kind, body)
                        join endpoint e on e.workspace_id = $1 and e.name = n.endpoint
                        on conflict (workspace_id, endpoint_id, cause) do nothing
                        """).bind(0, workspaceId).bind(1, now);
        return Unnest.into(statement, 2, messages)
                .column(UUID.class, message -> Key.nextId())
                .column(String.class, Message::endpoint)
                .column(String.class, Message::cause)
                .column(String.class, Message::kind)
                .column(String.class, this::body)
                .bound()
                .then();
    }

    /** A message that only says that the endpoint is reached; otherwise {@code endpoint.off}. */
    public Mono<Void> test(Endpoint endpoint) {
        if (!endpoint.enabled()) {
            return Mono.error(new Conflict("endpoint.off"));
        }
        return time.now()
                .flatMap(now -> plan(
                        endpoint.key().workspaceId(),
                        List.of(new Message(
                                endpoint.name(),
                                "test/" + Key.nextId(),
                                "endpoint.test",
                                now,
                                Map.of("endpoint", endpoint.name()))),
                        now));
    }

    /** The names of a workspace's endpoints that hear of any of these kinds, and of which. */
    Mono<Map<String, List<String>>> hearing(UUID workspaceId, List<String> kinds) {
        return database.sql("""
                        select e.name, e.kinds from endpoint e where e.workspace_id = $1 and e.disabled_at is null and e.kinds && $2::text[] order by e.name
                        """)
                .bind(0, workspaceId)
                .bind(1, kinds.toArray(String[]::new))
                .map(row -> Map.entry(
                        Columns.value(row, "name", String.class), List.of(Columns.value(row, "kinds", String[].class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** As Standard Webhooks has it: type, timestamp, data. */
    private String body(Message message) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", message.kind());
        body.put("timestamp", message.at().truncatedTo(ChronoUnit.MILLIS).toString());
        body.put("data", message.data());
        return json.writeValueAsString(body);
    }
}
