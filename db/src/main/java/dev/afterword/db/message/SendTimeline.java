package dev.afterword.db.message;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.contact.TimelineSource;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Every mail to a person and every decision not to write, in their timeline. */
@Component
class SendTimeline implements TimelineSource {
    private final DatabaseClient database;

    SendTimeline(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Flux<SendEntry> before(Key contact, Instant at, UUID id, int limit) {
        return database.sql("""
                        select s.*, o.external_id as order_external_id
                        from (select *, coalesce(submitted_at, finished_at, due_at) as at from send s where s.workspace_id = $1 and s.contact_id = $2) s
                        left join customer_order o on o.workspace_id = s.workspace_id and o.id = s.order_id
                        where (s.at, s.id) < ($3, $4)
                        order by s.at desc, s.id desc limit $5
                        """)
                .bind(0, contact.workspaceId())
                .bind(1, contact.id())
                .bind(2, at)
                .bind(3, id)
                .bind(4, limit)
                .map((Readable row) -> new SendEntry(
                        value(row, "at", Instant.class),
                        value(row, "id", UUID.class),
                        row.get("follow_up_id", UUID.class),
                        value(row, "step", String.class),
                        value(row, "kind", String.class),
                        value(row, "purpose", String.class),
                        value(row, "state", String.class),
                        row.get("skip_reason", String.class),
                        value(row, "due_at", Instant.class),
                        row.get("smtp_code", Integer.class),
                        row.get("smtp_reply", String.class),
                        row.get("invitation_id", UUID.class),
                        row.get("order_external_id", String.class)))
                .all();
    }
}
