package dev.afterword.db.response;

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

/** What endpoints are told of a response: to which survey, about which order, and whether somebody confirmed it. */
@Component
class ResponseDetail implements EventDetail {
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private final DatabaseClient database;
    private final JsonMapper json;

    ResponseDetail(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(EventKind.RESPONSE_GIVEN, EventKind.RESPONSE_CHANGED, EventKind.RESPONSE_JUDGED);
    }

    @Override
    public Mono<Map<UUID, Map<String, Object>>> of(UUID workspaceId, List<Event> events) {
        return database.sql("""
                        select r.id, jsonb_strip_nulls(jsonb_build_object('survey', y.key, 'order', o.external_id, 'complete', r.complete, 'confirmed', r.confirmed_at is not null)) as fields
                        from response r join survey y on y.workspace_id = $1 and y.id = r.survey_id
                        left join customer_order o on o.workspace_id = $1 and o.id = r.order_id
                        where r.workspace_id = $1 and r.id = any($2)
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
