package dev.afterword.db.order;

import dev.afterword.db.Columns;
import dev.afterword.db.endpoint.EventDetail;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import io.r2dbc.postgresql.codec.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What endpoints are told of an order: how the shop calls it, and how far it is. */
@Component
class OrderDetail implements EventDetail {
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private final DatabaseClient database;
    private final JsonMapper json;

    OrderDetail(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(EventKind.ORDER_ADDED, EventKind.ORDER_CHANGED);
    }

    @Override
    public Mono<Map<UUID, Map<String, Object>>> of(UUID workspaceId, List<Event> events) {
        return database.sql("""
                        select o.id, jsonb_build_object('externalId', o.external_id, 'status', o.status) as fields
                        from customer_order o where o.workspace_id = $1 and o.id = any($2)
                        """)
                .bind(0, workspaceId)
                .bind(1, Columns.array(events, UUID.class, Event::subjectId))
                .map(row -> Map.entry(
                        Columns.value(row, "id", UUID.class),
                        json.readValue(Columns.value(row, "fields", Json.class).asString(), FIELDS)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
