package dev.afterword.db.message;

import static dev.afterword.db.Columns.value;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What went out to addresses lately, and what will. */
@Repository
class TakenPlaces {
    private final DatabaseClient database;

    TakenPlaces(DatabaseClient database) {
        this.database = database;
    }

    /** Of these addresses, between a week before the first and a week after the last of these moments. */
    Mono<List<Taken>> of(UUID workspaceId, Collection<String> addresses, Instant first, Instant last, Instant now) {
        return addresses.isEmpty()
                ? Mono.just(List.of())
                : database.sql("""
                        select * from (
                            select c.address, x.id, x.priority, x.state in ('submitting', 'accepted', 'unknown') or (x.state = 'leased' and x.cleared_at is not null) as gone,
                                case when x.state in ('submitting', 'accepted', 'unknown') then coalesce(x.finished_at, x.submitted_at, x.due_at)
                                    when x.state = 'leased' and x.cleared_at is not null then x.cleared_at
                                    else greatest(x.due_at, $5) end as at
                            from contact c join send x on x.workspace_id = $1 and x.contact_id = c.id
                            where c.workspace_id = $1 and c.address = any($2) and x.state in ('planned', 'leased', 'submitting', 'accepted', 'unknown')
                        ) taken where at > $3::timestamptz - interval '7 days' and at < $4::timestamptz + interval '7 days'
                        """)
                        .bind(0, workspaceId)
                        .bind(1, addresses.toArray(String[]::new))
                        .bind(2, first)
                        .bind(3, last)
                        .bind(4, now)
                        .map((Readable row) -> new Taken(
                                value(row, "address", String.class),
                                value(row, "id", UUID.class),
                                value(row, "priority", Integer.class),
                                value(row, "at", Instant.class),
                                value(row, "gone", Boolean.class)))
                        .all()
                        .collectList();
    }
}
