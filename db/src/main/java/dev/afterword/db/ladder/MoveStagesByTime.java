package dev.afterword.db.ladder;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The daily look at every contact of a workspace: a recommendation grows old, and nothing arrives that would say so. */
@Component
public class MoveStagesByTime {
    private static final int BATCH = 500;
    private static final UUID FIRST = new UUID(0, 0);

    private final MoveStages moveStages;
    private final DatabaseClient database;

    MoveStagesByTime(MoveStages moveStages, DatabaseClient database) {
        this.moveStages = moveStages;
        this.database = database;
    }

    /** In batches by key, each a transaction of its own; gives how many moved. */
    public Mono<Integer> move(UUID workspaceId) {
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
