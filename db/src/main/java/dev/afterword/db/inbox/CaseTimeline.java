package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.contact.TimelineSource;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Cases in a person's timeline. */
@Component
class CaseTimeline implements TimelineSource {
    private final DatabaseClient database;

    CaseTimeline(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Flux<CaseTimelineEntry> before(Key contact, Instant at, UUID id, int limit) {
        return database.sql("""
                        select k.id, k.opened_at, k.subject, k.kind, k.status from support_case k
                        where k.workspace_id = $1 and k.contact_id = $2 and k.status <> 'spam' and (k.opened_at, k.id) < ($3, $4)
                        order by k.opened_at desc, k.id desc limit $5
                        """)
                .bind(0, contact.workspaceId())
                .bind(1, contact.id())
                .bind(2, at)
                .bind(3, id)
                .bind(4, limit)
                .map((Readable row) -> new CaseTimelineEntry(
                        value(row, "opened_at", Instant.class),
                        value(row, "id", UUID.class),
                        value(row, "subject", String.class),
                        value(row, "kind", String.class),
                        value(row, "status", String.class)))
                .all();
    }
}
