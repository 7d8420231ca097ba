package dev.afterword.db.message.incoming;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.contact.TimelineSource;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Bounces, spam reports and replies in a person's timeline. */
@Component
class IncomingTimeline implements TimelineSource {
    private final DatabaseClient database;

    IncomingTimeline(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Flux<IncomingEntry> before(Key contact, Instant at, UUID id, int limit) {
        return database.sql("""
                        select * from (
                            select 'bounce' as entry, b.at, b.id, b.kind as what, b.status, b.diagnostic as words
                            from bounce b where b.workspace_id = $1 and b.contact_id = $2
                            union all
                            select 'reply', m.received_at, m.id, m.kind, null, m.words
                            from incoming_message m where m.workspace_id = $1 and m.contact_id = $2 and m.kind = 'reply'
                        ) came where (at, id) < ($3, $4) order by at desc, id desc limit $5
                        """)
                .bind(0, contact.workspaceId())
                .bind(1, contact.id())
                .bind(2, at)
                .bind(3, id)
                .bind(4, limit)
                .map((Readable row) -> new IncomingEntry(
                        value(row, "entry", String.class),
                        value(row, "at", Instant.class),
                        value(row, "id", UUID.class),
                        value(row, "what", String.class),
                        row.get("status", String.class),
                        row.get("words", String.class)))
                .all();
    }
}
