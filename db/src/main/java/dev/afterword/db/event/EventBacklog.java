package dev.afterword.db.event;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What readers have still to read, and what they could not handle. */
@Repository
public class EventBacklog {
    private final DatabaseClient database;

    EventBacklog(DatabaseClient database) {
        this.database = database;
    }

    /** An event that a reader could not handle five times. */
    public record SetAside(Key eventKey, String reader, String error, Instant setAsideAt) {}

    /** How many committed events still have no position, in all workspaces. */
    public Mono<Long> unnumbered() {
        return database.sql("select count(*) from event where position is null")
                .mapValue(Long.class)
                .one();
    }

    /** How many numbered events each of these readers has still to read, in all workspaces. */
    public Mono<Map<String, Long>> unread(List<String> readers) {
        return database.sql("""
                        select n.reader, coalesce(sum(greatest(p.position - coalesce(r.position, 0), 0)), 0)::bigint as unread
                        from unnest($1::text[]) n(reader)
                        left join event_position p on true
                        left join event_reader r on r.workspace_id = p.workspace_id and r.reader = n.reader
                        group by n.reader
                        """)
                .bind(0, readers.toArray(String[]::new))
                .map((Readable row) ->
                        Map.entry(Columns.value(row, "reader", String.class), Columns.value(row, "unread", Long.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** How many events are set aside, in all workspaces. */
    public Mono<Long> setAside() {
        return database.sql("select count(*) from event_failure where set_aside_at is not null")
                .mapValue(Long.class)
                .one();
    }

    /** The events of a workspace that are set aside, the latest first, at most 100. */
    public Mono<List<SetAside>> setAside(UUID workspaceId) {
        return database.sql("""
                        select event_id, reader, error, set_aside_at from event_failure
                        where workspace_id = $1 and set_aside_at is not null order by set_aside_at desc limit 100
                        """)
                .bind(0, workspaceId)
                .map((Readable row) -> new SetAside(
                        new Key(workspaceId, Columns.value(row, "event_id", UUID.class)),
                        Columns.value(row, "reader", String.class),
                        Columns.value(row, "error", String.class),
                        Columns.value(row, "set_aside_at", Instant.class)))
                .all()
                .collectList();
    }
}
