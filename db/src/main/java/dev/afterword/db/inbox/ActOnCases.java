package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rejected;
import dev.afterword.db.inbox.CaseEntry.Change;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** What staff does with many cases at once, and undoes at once. */
@Component
public class ActOnCases {
    private static final Duration UNDONE_WITHIN = Duration.ofHours(1);

    private final ActOnCase actOnCase;
    private final DatabaseClient database;
    private final DatabaseTime time;
    private final JsonMapper json;

    ActOnCases(ActOnCase actOnCase, DatabaseClient database, DatabaseTime time, JsonMapper json) {
        this.actOnCase = actOnCase;
        this.database = database;
        this.time = time;
        this.json = json;
    }

    /**
     * How many cases became other than they were.
     *
     * @param batchId by which it is undone
     */
    public record Done(UUID batchId, int changed) {}

    /** Changes each of them as far as it can be; those that cannot stay as they are. */
    public Mono<Done> change(
            UUID workspaceId, List<UUID> ids, @Nullable UUID staffId, BiFunction<Case, Instant, Case> change) {
        var batch = Key.nextId();
        return Flux.fromIterable(ids)
                .concatMap(id -> one(new Key(workspaceId, id), staffId, batch, change))
                .reduce(0, Integer::sum)
                .map(changed -> new Done(batch, changed));
    }

    /** Gives back what stood there before, within an hour and where nobody has changed it since; how many cases. */
    public Mono<Integer> undo(UUID workspaceId, UUID batchId, UUID staffId) {
        return time.now()
                .flatMapMany(now -> database.sql("""
                                select case_id, change from case_entry
                                where workspace_id = $1 and batch_id = $2 and staff_id = $3 and at > $4 and change is not null
                                """)
                        .bind(0, workspaceId)
                        .bind(1, batchId)
                        .bind(2, staffId)
                        .bind(3, now.minus(UNDONE_WITHIN))
                        .map((Readable row) -> Map.entry(
                                new Key(workspaceId, value(row, "case_id", UUID.class)),
                                changes(value(row, "change", Json.class))))
                        .all())
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(entry -> one(entry.getKey(), staffId, null, (found, _) -> found.before(entry.getValue())))
                .reduce(0, Integer::sum);
    }

    private Map<String, Change> changes(Json stored) {
        return json.readValue(stored.asString(), Cases.CHANGE);
    }

    private Mono<Integer> one(
            Key key, @Nullable UUID staffId, @Nullable UUID batch, BiFunction<Case, Instant, Case> change) {
        return actOnCase
                .change(key, null, staffId, batch, change)
                .map(changed -> changed.other() ? 1 : 0)
                .onErrorResume(Conflict.class, not -> Mono.just(0))
                .onErrorResume(NotFound.class, not -> Mono.just(0))
                .onErrorResume(Rejected.class, not -> Mono.just(0));
    }
}
