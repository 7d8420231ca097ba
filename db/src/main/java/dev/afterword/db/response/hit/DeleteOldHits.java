package dev.afterword.db.response.hit;

import dev.afterword.db.DatabaseTime;
import java.time.Duration;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Deletes raw hits after 90 days; what was decided by them stays with the responses. */
@Component
public class DeleteOldHits {
    public static final Duration KEPT = Duration.ofDays(90);
    private static final int BATCH = 5_000;

    private final DatabaseClient database;
    private final DatabaseTime time;

    DeleteOldHits(DatabaseClient database, DatabaseTime time) {
        this.database = database;
        this.time = time;
    }

    /** A batch of every workspace. True when there may be more. */
    public Mono<Boolean> delete() {
        return time.now()
                .flatMap(now -> database.sql("select id from workspace")
                        .mapValue(UUID.class)
                        .all()
                        .collectList()
                        .flatMapIterable(workspaces -> workspaces)
                        .concatMap(workspace -> database.sql("""
                                delete from hit where workspace_id = $1 and id in (select id from hit where workspace_id = $1 and at < $2 order by at limit $3)
                                """)
                                .bind(0, workspace)
                                .bind(1, now.minus(KEPT))
                                .bind(2, BATCH)
                                .fetch()
                                .rowsUpdated())
                        .reduce(false, (more, deleted) -> more || deleted == BATCH));
    }
}
