package dev.afterword.db.response;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.contact.TimelineSource;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Answers in a person's timeline, provisional ones included. */
@Component
class ResponseTimeline implements TimelineSource {
    private static final TypeReference<List<ListedResponse.Given>> ANSWERS = new TypeReference<>() {};

    private final DatabaseClient database;
    private final JsonMapper json;

    ResponseTimeline(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    @Override
    public Flux<ResponseEntry> before(Key contact, Instant at, UUID id, int limit) {
        return database.sql("""
                        select r.*, s.name as survey_name, o.external_id as order_external_id, a.answers
                        from (select * from response r where r.workspace_id = $1 and r.contact_id = $2 and (r.answered_at, r.id) < ($3, $4)
                              order by r.answered_at desc, r.id desc limit $5) r
                        join survey s on s.workspace_id = r.workspace_id and s.id = r.survey_id
                        left join customer_order o on o.workspace_id = r.workspace_id and o.id = r.order_id
                        join lateral (
                            select coalesce(jsonb_agg(jsonb_build_object('question', a.question_key, 'row', a.row_key, 'item', a.item, 'skipped', a.skipped, 'notApplicable', a.not_applicable,
                                'number', a.number, 'text', a.text, 'choices', a.choices, 'day', a.day)), '[]') as answers
                            from answer a where a.workspace_id = r.workspace_id and a.response_id = r.id and not a.hidden
                        ) a on true
                        """)
                .bind(0, contact.workspaceId())
                .bind(1, contact.id())
                .bind(2, at)
                .bind(3, id)
                .bind(4, limit)
                .map(this::entry)
                .all();
    }

    private ResponseEntry entry(Readable row) {
        return new ResponseEntry(
                value(row, "answered_at", Instant.class),
                value(row, "id", UUID.class),
                value(row, "survey_name", String.class),
                value(row, "version_id", UUID.class),
                row.get("confirmed_at", Instant.class) != null && row.get("discarded_at", Instant.class) == null,
                value(row, "complete", Boolean.class),
                value(row, "imported", Boolean.class),
                row.get("order_external_id", String.class),
                json.readValue(value(row, "answers", Json.class).asString(), ANSWERS));
    }
}
