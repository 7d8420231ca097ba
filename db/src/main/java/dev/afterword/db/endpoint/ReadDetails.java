package dev.afterword.db.endpoint;

import dev.afterword.db.Columns;
import dev.afterword.db.event.Event;
import io.r2dbc.postgresql.codec.Json;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads what endpoints are told of the subjects of events, in one statement for all of them. */
@Component
public class ReadDetails {
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private final DatabaseClient database;
    private final JsonMapper json;

    ReadDetails(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /**
     * Fields by subject.
     *
     * @param sql selects the columns {@code id} and {@code fields}, an object as JSON; {@code $1} is the workspace, {@code $2} the subjects
     */
    public Mono<Map<UUID, Map<String, Object>>> of(UUID workspaceId, List<Event> events, String sql) {
        return database.sql(sql)
                .bind(0, workspaceId)
                .bind(1, Columns.array(events, UUID.class, Event::subjectId))
                .map(row -> Map.entry(
                        Columns.value(row, "id", UUID.class),
                        json.readValue(Columns.value(row, "fields", Json.class).asString(), FIELDS)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
