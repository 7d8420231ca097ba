package dev.afterword.db.event;

import dev.afterword.db.Columns;
import dev.afterword.db.Transactions;
import io.r2dbc.spi.Readable;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Gives committed events their place in the line of their workspace. A position and the end of the line are committed together, by one process at a time, so
 * that a reader that has read up to a position never misses an event that commits later.
 */
@Component
public class NumberEvents {
    /** As many as one short transaction may number, so that a large import does not hold the line's lock for long. */
    private static final int BATCH = 5_000;

    private final DatabaseClient database;
    private final Transactions transactions;

    NumberEvents(DatabaseClient database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /** One round over all workspaces with unnumbered events, each in turn; how many events were numbered. */
    public Mono<Long> number() {
        return workspaces().concatMap(this::number, 1).reduce(0L, Long::sum);
    }

    /** Without locking. One look into the index a workspace, however many events wait. */
    private Flux<UUID> workspaces() {
        return database.sql("""
                        select w.id as workspace_id from workspace w
                        cross join lateral (select 1 from event e where e.workspace_id = w.id and e.position is null limit 1) waiting
                        order by w.id
                        """)
                .map((Readable row) -> Columns.value(row, "workspace_id", UUID.class))
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable);
    }

    private Mono<Long> number(UUID workspaceId) {
        return transactions.run(lockedEnd(workspaceId).flatMap(end -> number(workspaceId, end)));
    }

    /** The last position given, its row locked; empty while another process numbers this workspace. */
    private Mono<Long> lockedEnd(UUID workspaceId) {
        return database.sql(
                        "insert into event_position (workspace_id, position) values ($1, 0) on conflict (workspace_id) do nothing")
                .bind(0, workspaceId)
                .then()
                .then(database.sql("select position from event_position where workspace_id = $1 for update skip locked")
                        .bind(0, workspaceId)
                        .mapValue(Long.class)
                        .one());
    }

    /**
     * A statement after the lock's, so that its snapshot holds everything that the last holder of the lock has numbered. Events are found again by their place in
     * the table: by their ids, the planner takes any index that begins with the workspace while it knows nothing of a workspace that has just grown, and reads all
     * its events for each.
     */
    private Mono<Long> number(UUID workspaceId, long end) {
        return database.sql("""
                        with unnumbered as materialized (
                            select place, $2 + row_number() over (order by id) as position
                            from (select ctid as place, id from event where workspace_id = $1 and position is null order by id limit $3) e
                        ), numbered as (
                            update event e set position = u.position from unnumbered u
                            where e.workspace_id = $1 and e.ctid = u.place
                            returning e.position
                        ), moved as (
                            update event_position set position = (select max(position) from unnumbered)
                            where workspace_id = $1 and exists (select from unnumbered)
                        )
                        select count(*) as numbered from numbered
                        """)
                .bind(0, workspaceId)
                .bind(1, end)
                .bind(2, BATCH)
                .mapValue(Long.class)
                .one();
    }
}
