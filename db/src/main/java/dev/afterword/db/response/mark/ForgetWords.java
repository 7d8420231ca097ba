package dev.afterword.db.response.mark;

import dev.afterword.db.DatabaseTime;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Forgets what was written, as far as it was kept to find the same words again. */
@Component
public class ForgetWords {
    private final Duplicates duplicates;
    private final DatabaseTime time;
    private final DatabaseClient database;

    ForgetWords(Duplicates duplicates, DatabaseTime time, DatabaseClient database) {
        this.duplicates = duplicates;
        this.time = time;
        this.database = database;
    }

    /** In all workspaces; never more at once. */
    public Mono<Boolean> forget() {
        return time.now()
                .flatMap(now -> database.sql("select id from workspace")
                        .mapValue(UUID.class)
                        .all()
                        .collectList()
                        .flatMapIterable(workspaces -> workspaces)
                        .concatMap(workspace -> duplicates.forget(workspace, now))
                        .then(Mono.just(false)));
    }
}
