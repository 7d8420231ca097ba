package dev.afterword.db.insight;

import dev.afterword.db.Columns;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Transactions;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Looks again at what was true of past responses and invitations, after a workspace has marked other attributes. Each batch is a transaction that remembers
 * how far it came, so that a kill costs at most one; what arrives meanwhile is looked at by the reader of events.
 */
@Component
public class FillSegmentsAgain {
    private static final int BATCH = 200;

    private final Segments segments;
    private final DueDays dueDays;
    private final DatabaseTime time;
    private final DatabaseClient database;
    private final Transactions transactions;

    FillSegmentsAgain(
            Segments segments, DueDays dueDays, DatabaseTime time, DatabaseClient database, Transactions transactions) {
        this.segments = segments;
        this.dueDays = dueDays;
        this.time = time;
        this.database = database;
        this.transactions = transactions;
    }

    private record Place(String step, @Nullable UUID after) {
        boolean inResponses() {
            return step.equals("response");
        }
    }

    /** One batch of every workspace that waits for it. True when there is more. */
    public Mono<Boolean> fill() {
        return database.sql("select workspace_id from segment_fill")
                .mapValue(UUID.class)
                .all()
                .collectList()
                .flatMapIterable(found -> found)
                .concatMap(workspaceId -> transactions.run(batch(workspaceId)), 1)
                .reduce(false, (more, some) -> more || some);
    }

    private Mono<Boolean> batch(UUID workspaceId) {
        return time.now()
                .flatMap(now -> place(workspaceId)
                        .flatMap(place -> ids(workspaceId, place)
                                .flatMap(ids ->
                                        look(workspaceId, place, ids, now).then(goOn(workspaceId, place, ids)))));
    }

    private Mono<Place> place(UUID workspaceId) {
        return database.sql("select step, after from segment_fill where workspace_id = $1 for update skip locked")
                .bind(0, workspaceId)
                .map((Readable row) ->
                        new Place(Columns.value(row, "step", String.class), row.get("after", UUID.class)))
                .one();
    }

    private Mono<List<UUID>> ids(UUID workspaceId, Place place) {
        var after = place.after();
        return database.sql(
                        "select id from %s where workspace_id = $1 and ($2::uuid is null or id > $2) order by id limit $3"
                                .formatted(place.step()))
                .bind(0, workspaceId)
                .bind(1, after == null ? Parameters.in(UUID.class) : after)
                .bind(2, BATCH)
                .mapValue(UUID.class)
                .all()
                .collectList();
    }

    private Mono<Void> look(UUID workspaceId, Place place, List<UUID> ids, Instant now) {
        return place.inResponses()
                ? segments.fillResponses(workspaceId, ids).then(dueDays.markResponses(workspaceId, ids, now))
                : segments.fillInvitations(workspaceId, ids).then(dueDays.markInvitations(workspaceId, ids, now));
    }

    private Mono<Boolean> goOn(UUID workspaceId, Place place, List<UUID> ids) {
        if (ids.size() == BATCH) {
            return move(workspaceId, place.step(), ids.getLast()).thenReturn(true);
        }
        return place.inResponses()
                ? move(workspaceId, "invitation", null).thenReturn(true)
                : database.sql("delete from segment_fill where workspace_id = $1")
                        .bind(0, workspaceId)
                        .then()
                        .thenReturn(false);
    }

    private Mono<Void> move(UUID workspaceId, String step, @Nullable UUID after) {
        return database.sql("update segment_fill set step = $2, after = $3 where workspace_id = $1")
                .bind(0, workspaceId)
                .bind(1, step)
                .bind(2, after == null ? Parameters.in(UUID.class) : after)
                .then();
    }
}
