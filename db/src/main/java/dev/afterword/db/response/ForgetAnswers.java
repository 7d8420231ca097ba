package dev.afterword.db.response;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.contact.erasure.Person;
import dev.afterword.db.workspace.Retained;
import dev.afterword.db.workspace.RetentionKind;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes the words out of old answers; scores and choices stay and go on counting. */
@Component
class ForgetAnswers implements Retained {
    private static final int BATCH = 2_000;

    private final DatabaseClient database;

    ForgetAnswers(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public RetentionKind kind() {
        return RetentionKind.ANSWERS;
    }

    @Override
    public Mono<Instant> forget(UUID workspaceId, @Nullable Instant after, Instant before) {
        return database.sql("""
                        with old as materialized (
                            -- Only those that have words left: however many were answered at one moment, the next batch goes on among them.
                            select r.id, r.answered_at from response r
                            where r.workspace_id = $1 and r.answered_at >= $2 and r.answered_at < $3
                                and exists (select from answer a where a.workspace_id = $1 and a.response_id = r.id and a.text is not null and a.text <> $5)
                            order by r.answered_at, r.id limit $4),
                        gone as (
                            update answer a set text = $5 from old
                            where a.workspace_id = $1 and a.response_id = old.id and a.text is not null and a.text <> $5)
                        select count(*) as looked, max(answered_at) as until from old
                        """)
                .bind(0, workspaceId)
                .bind(1, after == null ? Instant.EPOCH : after)
                .bind(2, before)
                .bind(3, BATCH)
                .bind(4, Person.ERASED)
                .map((Readable row) -> {
                    var until = row.get("until", Instant.class);
                    return value(row, "looked", Long.class) < BATCH || until == null ? before : until;
                })
                .one();
    }
}
