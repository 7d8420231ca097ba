package dev.afterword.db.workspace;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Rejected;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** For how long workspaces keep what. */
@Repository
public class Retentions {
    public static final int LEAST = 30;
    public static final int MOST = 36_500;

    private final DatabaseClient database;

    Retentions(DatabaseClient database) {
        this.database = database;
    }

    record Chosen(
            UUID workspaceId,
            RetentionKind kind,
            int days,
            @Nullable Instant doneUntil) {}

    /** The days of each kind that is not kept for good. */
    public Mono<Map<RetentionKind, Integer>> of(UUID workspaceId) {
        return database.sql("select kind, days from retention where workspace_id = $1")
                .bind(0, workspaceId)
                .map((Readable row) -> Map.entry(
                        RetentionKind.of(value(row, "kind", String.class)), value(row, "days", Integer.class)))
                .all()
                .collect(
                        () -> new EnumMap<RetentionKind, Integer>(RetentionKind.class),
                        (days, one) -> days.put(one.getKey(), one.getValue()))
                .map(Map::copyOf);
    }

    /**
     * Keeps that kind for so many days.
     *
     * @param days between {@value #LEAST} and {@value #MOST}, otherwise {@code retention.days}; null for good
     */
    public Mono<Void> choose(UUID workspaceId, RetentionKind kind, @Nullable Integer days) {
        if (days == null) {
            return database.sql("delete from retention where workspace_id = $1 and kind = $2")
                    .bind(0, workspaceId)
                    .bind(1, kind.code())
                    .then();
        }
        if (days < LEAST || days > MOST) {
            return Mono.error(new Rejected("retention.days", kind.code(), LEAST, MOST));
        }
        return database.sql("""
                        insert into retention (workspace_id, kind, days) values ($1, $2, $3)
                        on conflict (workspace_id, kind) do update set days = excluded.days
                        """)
                .bind(0, workspaceId)
                .bind(1, kind.code())
                .bind(2, days)
                .then();
    }

    /** Something older has come in: what was looked at is looked at again from there. */
    public Mono<Void> again(UUID workspaceId, RetentionKind kind, Instant from) {
        return database.sql(
                        "update retention set done_until = $3 where workspace_id = $1 and kind = $2 and done_until > $3")
                .bind(0, workspaceId)
                .bind(1, kind.code())
                .bind(2, from)
                .then();
    }

    Flux<Chosen> all() {
        return database.sql("select workspace_id, kind, days, done_until from retention order by workspace_id, kind")
                .map((Readable row) -> new Chosen(
                        value(row, "workspace_id", UUID.class),
                        RetentionKind.of(value(row, "kind", String.class)),
                        value(row, "days", Integer.class),
                        row.get("done_until", Instant.class)))
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable);
    }

    Mono<Void> done(Chosen chosen, Instant until) {
        return database.sql("update retention set done_until = $3 where workspace_id = $1 and kind = $2")
                .bind(0, chosen.workspaceId())
                .bind(1, chosen.kind().code())
                .bind(2, until)
                .then();
    }
}
