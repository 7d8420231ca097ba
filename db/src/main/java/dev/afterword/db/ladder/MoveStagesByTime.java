package dev.afterword.db.ladder;

import dev.afterword.db.DatabaseTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The daily look at every contact: a recommendation grows old, and nothing arrives that would say so. */
@Component
public class MoveStagesByTime {
    private static final int BATCH = 500;
    private static final Duration INTERVAL = Duration.ofDays(1);
    private static final UUID FIRST = new UUID(0, 0);

    private final MoveStages moveStages;
    private final DatabaseClient database;
    private final DatabaseTime time;

    MoveStagesByTime(MoveStages moveStages, DatabaseClient database, DatabaseTime time) {
        this.moveStages = moveStages;
        this.database = database;
        this.time = time;
    }

    /** One round: every workspace that nobody has looked at for a day, in turn; gives how many contacts moved. */
    public Mono<Integer> move() {
        return time.now()
                .flatMapMany(now -> workspacesDue(now)
                        .concatMap(
                                workspaceId -> claim(workspaceId, now)
                                        .filter(claimed -> claimed)
                                        .flatMap(claimed -> move(workspaceId)),
                                1))
                .reduce(0, Integer::sum);
    }

    private Flux<UUID> workspacesDue(Instant now) {
        return database.sql("""
                        select w.id from workspace w left join ladder_look l on l.workspace_id = w.id
                        where l.looked_at is null or l.looked_at < $1 order by w.id
                        """)
                .bind(0, now.minus(INTERVAL))
                .mapValue(UUID.class)
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable);
    }

    private Mono<Boolean> claim(UUID workspaceId, Instant now) {
        return database.sql("""
                        insert into ladder_look as l (workspace_id, looked_at) values ($1, $2)
                        on conflict (workspace_id) do update set looked_at = excluded.looked_at where l.workspace_id = $1 and l.looked_at < $3
                        """)
                .bind(0, workspaceId)
                .bind(1, now)
                .bind(2, now.minus(INTERVAL))
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    /** In batches by key, each a transaction of its own; gives how many moved. */
    Mono<Integer> move(UUID workspaceId) {
        return batchAfter(workspaceId, FIRST)
                .expand(batch -> batch.last() == null ? Mono.empty() : batchAfter(workspaceId, batch.last()))
                .map(Batch::moved)
                .reduce(0, Integer::sum);
    }

    private Mono<Batch> batchAfter(UUID workspaceId, UUID last) {
        return database.sql("select id from contact where workspace_id = $1 and id > $2 order by id limit $3")
                .bind(0, workspaceId)
                .bind(1, last)
                .bind(2, BATCH)
                .mapValue(UUID.class)
                .all()
                .collectList()
                .flatMap(ids -> moveStages
                        .move(workspaceId, ids, contact -> false)
                        .map(moved -> new Batch(moved, ids.size() < BATCH ? null : ids.getLast())));
    }

    private record Batch(int moved, @Nullable UUID last) {}
}
