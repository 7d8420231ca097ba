package dev.afterword.db.event;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The events of all workspaces. */
@Repository
public class Events {
    private final DatabaseClient database;

    Events(DatabaseClient database) {
        this.database = database;
    }

    /** Appends events, in the transaction of their cause. */
    public Mono<Void> append(Collection<Event> events) {
        if (events.isEmpty()) {
            return Mono.empty();
        }
        return database.sql("""
                        insert into event (workspace_id, id, kind, subject_id, contact_id, imported, created_at)
                        select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::boolean[], $7::timestamptz[])
                        """)
                .bind(0, Columns.array(events, UUID.class, event -> event.key().workspaceId()))
                .bind(1, Columns.array(events, UUID.class, event -> event.key().id()))
                .bind(
                        2,
                        Columns.array(
                                events, String.class, event -> event.kind().code()))
                .bind(3, Columns.array(events, UUID.class, Event::subjectId))
                .bind(4, Columns.array(events, UUID.class, Event::contactId))
                .bind(5, Columns.array(events, Boolean.class, Event::imported))
                .bind(6, Columns.array(events, Instant.class, Event::createdAt))
                .then();
    }

    public Mono<Void> append(Event event) {
        return append(List.of(event));
    }

    /** The next events of these kinds of a workspace, in order, after one position and up to another. */
    Mono<List<Event>> between(UUID workspaceId, long after, long upTo, Collection<EventKind> kinds, int limit) {
        return database.sql("""
                        select id, kind, subject_id, contact_id, imported, position, created_at
                        from event where workspace_id = $1 and position > $2 and position <= $3 and kind = any($4) order by position limit $5
                        """)
                .bind(0, workspaceId)
                .bind(1, after)
                .bind(2, upTo)
                .bind(3, Columns.array(kinds, String.class, EventKind::code))
                .bind(4, limit)
                .map((Readable row) -> new Event(
                        new Key(workspaceId, Columns.value(row, "id", UUID.class)),
                        EventKind.of(Columns.value(row, "kind", String.class)),
                        Columns.value(row, "subject_id", UUID.class),
                        row.get("contact_id", UUID.class),
                        Columns.value(row, "imported", Boolean.class),
                        row.get("position", Long.class),
                        Columns.value(row, "created_at", Instant.class)))
                .all()
                .collectList();
    }
}
