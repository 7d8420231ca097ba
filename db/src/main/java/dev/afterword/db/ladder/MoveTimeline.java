package dev.afterword.db.ladder;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.contact.TimelineSource;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Ladder moves in a person's timeline. */
@Component
class MoveTimeline implements TimelineSource {
    private static final TypeReference<Map<String, Object>> EVIDENCE = new TypeReference<>() {};

    private final DatabaseClient database;
    private final JsonMapper json;

    MoveTimeline(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    @Override
    public Flux<MoveEntry> before(Key contact, Instant at, UUID id, int limit) {
        return database.sql("""
                        select m.at, m.id, m.from_stage, m.to_stage, m.evidence from ladder_move m
                        where m.workspace_id = $1 and m.contact_id = $2 and (m.at, m.id) < ($3, $4) order by m.at desc, m.id desc limit $5
                        """)
                .bind(0, contact.workspaceId())
                .bind(1, contact.id())
                .bind(2, at)
                .bind(3, id)
                .bind(4, limit)
                .map((Readable row) -> new MoveEntry(
                        value(row, "at", Instant.class),
                        value(row, "id", UUID.class),
                        value(row, "from_stage", String.class),
                        value(row, "to_stage", String.class),
                        json.readValue(value(row, "evidence", Json.class).asString(), EVIDENCE)))
                .all();
    }
}
