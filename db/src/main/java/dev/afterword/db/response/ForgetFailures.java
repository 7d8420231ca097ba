package dev.afterword.db.response;

import dev.afterword.db.DatabaseTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Forgets which lines of an uploaded file failed and what it was called, 30 days after: lines quote what did not fit, and files are named after people too. How
 * many failed stays. A file that nobody imported for a day is forgotten whole.
 */
@Component
public class ForgetFailures {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration WAITS = Duration.ofDays(1);

    private final DatabaseClient database;
    private final DatabaseTime time;

    ForgetFailures(DatabaseClient database, DatabaseTime time) {
        this.database = database;
        this.time = time;
    }

    /** Those of every workspace. There is never more: files are few, and a thousand lines of each are listed at most. */
    public Mono<Boolean> forget() {
        return time.now()
                .flatMap(now -> database.sql("select id from workspace")
                        .mapValue(UUID.class)
                        .all()
                        .collectList()
                        .flatMapIterable(workspaces -> workspaces)
                        .concatMap(workspace -> ofWorkspace(workspace, now))
                        .then(Mono.just(false)));
    }

    private Mono<Void> ofWorkspace(UUID workspaceId, Instant now) {
        return database.sql("""
                        update import_run set failures = '[]', file_name = '' where workspace_id = $1 and finished_at < $2 and (failures <> '[]' or file_name <> '')
                        """)
                .bind(0, workspaceId)
                .bind(1, now.minus(KEPT))
                .then()
                .then(database.sql(
                                "delete from import_run where workspace_id = $1 and state in ('uploading', 'uploaded') and created_at < $2")
                        .bind(0, workspaceId)
                        .bind(1, now.minus(WAITS))
                        .then());
    }
}
