package dev.afterword.db.event;

import dev.afterword.db.Columns;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What just happened in several workspaces at once, for people who look at their screens. */
@Repository
public class News {
    private static final int MOST = 200;
    private static final String END = "coalesce((select position from event_position where workspace_id = $1), 0)";

    private final DatabaseClient database;

    News(DatabaseClient database) {
        this.database = database;
    }

    /** Something that happened, in ids only. */
    public record Item(
            UUID workspaceId,
            long position,
            EventKind kind,
            UUID subjectId,
            @Nullable UUID contactId) {}

    /** The position of a workspace's last event; 0 before the first. */
    public Mono<Long> end(UUID workspaceId) {
        return database.sql("select " + END)
                .bind(0, workspaceId)
                .mapValue(Long.class)
                .one();
    }

    /** The position before whatever happened since then; of the last 200 events at most. */
    public Mono<Long> before(UUID workspaceId, Instant since) {
        return database.sql("""
                        select coalesce((
                            select min(latest.position) - 1 from (
                                select position, created_at from event where workspace_id = $1 and position is not null order by position desc limit $2) latest
                            where latest.created_at >= $3), %s)
                        """.formatted(END))
                .bind(0, workspaceId)
                .bind(1, MOST)
                .bind(2, since)
                .mapValue(Long.class)
                .one();
    }

    /** Events after these positions, at most 200 a workspace, in order; one statement for all. */
    public Mono<List<Item>> after(Map<UUID, Long> positions) {
        var entries = List.copyOf(positions.entrySet());
        return database.sql("""
                        select e.workspace_id, e.position, e.kind, e.subject_id, e.contact_id
                        from unnest($1::uuid[], $2::bigint[]) as seen (workspace_id, position)
                        cross join lateral (
                            select workspace_id, position, kind, subject_id, contact_id from event
                            where event.workspace_id = seen.workspace_id and event.position > seen.position
                            order by event.position limit $3) e
                        order by e.workspace_id, e.position
                        """)
                .bind(0, Columns.array(entries, UUID.class, Map.Entry::getKey))
                .bind(1, Columns.array(entries, Long.class, Map.Entry::getValue))
                .bind(2, MOST)
                .map((Readable row) -> new Item(
                        Columns.value(row, "workspace_id", UUID.class),
                        Columns.value(row, "position", Long.class),
                        EventKind.of(Columns.value(row, "kind", String.class)),
                        Columns.value(row, "subject_id", UUID.class),
                        row.get("contact_id", UUID.class)))
                .all()
                .collectList();
    }
}
