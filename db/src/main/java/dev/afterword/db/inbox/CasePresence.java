package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Who looks at a case or writes in it just now, so that two do not answer the same. */
@Repository
public class CasePresence {
    /** Who said so less long ago is still there. */
    public static final Duration LASTS = Duration.ofSeconds(25);

    private final DatabaseClient database;
    private final DatabaseTime time;

    CasePresence(DatabaseClient database, DatabaseTime time) {
        this.database = database;
        this.time = time;
    }

    /** Somebody else who is there. */
    public record Other(String name, boolean writes) {}

    /** Says that somebody is there, and who else is. */
    public Mono<List<Other>> here(Key key, UUID staffId, boolean writes) {
        return time.now().flatMap(now -> say(key, staffId, writes, now).then(others(key, staffId, now)));
    }

    /** What nobody says any more goes along. */
    private Mono<Void> say(Key key, UUID staffId, boolean writes, Instant now) {
        return database.sql("""
                        with gone as (delete from case_presence where workspace_id = $1 and seen_at < $5::timestamptz - interval '1 hour')
                        insert into case_presence (workspace_id, case_id, staff_id, writes, seen_at) values ($1, $2, $3, $4, $5)
                        on conflict (workspace_id, case_id, staff_id) do update set writes = excluded.writes, seen_at = excluded.seen_at
                        """)
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, staffId)
                .bind(3, writes)
                .bind(4, now)
                .then();
    }

    private Mono<List<Other>> others(Key key, UUID staffId, Instant now) {
        return database.sql("""
                        select f.name, p.writes from case_presence p join staff f on f.id = p.staff_id
                        where p.workspace_id = $1 and p.case_id = $2 and p.staff_id <> $3 and p.seen_at > $4 order by p.writes desc, f.name limit 10
                        """)
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, staffId)
                .bind(3, now.minus(LASTS))
                .map((Readable row) -> new Other(value(row, "name", String.class), value(row, "writes", Boolean.class)))
                .all()
                .collectList();
    }
}
