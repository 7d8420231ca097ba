package dev.afterword.db.contact;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Consents and suppressions in a person's timeline; both go by the person's address. */
@Component
class ConsentTimeline implements TimelineSource {
    private final DatabaseClient database;

    ConsentTimeline(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Flux<ConsentEntry> before(Key contact, Instant at, UUID id, int limit) {
        return database.sql("""
                        select * from (
                            select 'consent' as kind, s.at, s.id, s.purpose, s.granted, s.dated, s.source as reason
                            from contact c join consent s on s.workspace_id = c.workspace_id and s.address = c.address
                            where c.workspace_id = $1 and c.id = $2
                            union all
                            select 'suppression', s.created_at, s.id, s.purpose, false, true, s.reason
                            from contact c join suppression s on s.workspace_id = c.workspace_id and s.address = c.address
                            where c.workspace_id = $1 and c.id = $2
                        ) said where (at, id) < ($3, $4) order by at desc, id desc limit $5
                        """)
                .bind(0, contact.workspaceId())
                .bind(1, contact.id())
                .bind(2, at)
                .bind(3, id)
                .bind(4, limit)
                .map((Readable row) -> new ConsentEntry(
                        value(row, "kind", String.class),
                        value(row, "at", Instant.class),
                        value(row, "id", UUID.class),
                        row.get("purpose", String.class),
                        value(row, "granted", Boolean.class),
                        value(row, "dated", Boolean.class),
                        value(row, "reason", String.class)))
                .all();
    }
}
