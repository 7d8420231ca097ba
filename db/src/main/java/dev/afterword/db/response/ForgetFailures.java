package dev.afterword.db.response;

import dev.afterword.db.DatabaseTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Forgets which lines of an uploaded file failed, 30 days after: they quote what did not fit, be it a name. How many failed stays. */
@Component
public class ForgetFailures {
    private static final Duration KEPT = Duration.ofDays(30);

    private final DatabaseClient database;
    private final DatabaseTime time;

    ForgetFailures(DatabaseClient database, DatabaseTime time) {
        this.database = database;
        this.time = time;
    }

    /** Those of every workspace. There is never more: files are few, and a thousand lines of each are listed at most. */
    public Mono<Boolean> forget() {
        return time.now()
                .map(now -> now.minus(KEPT))
                .flatMap(before -> database.sql("select id from workspace")
                        .mapValue(UUID.class)
                        .all()
                        .collectList()
                        .flatMapIterable(workspaces -> workspaces)
                        .concatMap(workspace -> ofWorkspace(workspace, before))
                        .then(Mono.just(false)));
    }

    private Mono<Void> ofWorkspace(UUID workspaceId, Instant before) {
        return database.sql(
                        "update import_run set failures = '[]' where workspace_id = $1 and finished_at < $2 and failures <> '[]'")
                .bind(0, workspaceId)
                .bind(1, before)
                .then();
    }
}
