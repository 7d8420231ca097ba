package dev.afterword.db.followup;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Counts again what became of all journeys of follow-ups whose goal was changed. */
@Component
public class CountOutcomesAgain {
    private static final int BATCH = 500;
    private static final UUID FIRST = new UUID(0, 0);

    private final KeepOutcomes keepOutcomes;
    private final DatabaseClient database;

    CountOutcomesAgain(KeepOutcomes keepOutcomes, DatabaseClient database) {
        this.keepOutcomes = keepOutcomes;
        this.database = database;
    }

    private record Changed(Key followUp, Instant changedAt) {}

    /** One round over all that have changed; never more at once. */
    public Mono<Boolean> round() {
        return database.sql(
                        "select workspace_id, follow_up_id, changed_at from follow_up_goal where changed_at is not null order by workspace_id, follow_up_id")
                .map((Readable row) -> new Changed(
                        new Key(value(row, "workspace_id", UUID.class), value(row, "follow_up_id", UUID.class)),
                        value(row, "changed_at", Instant.class)))
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(this::count, 1)
                .then(Mono.just(false));
    }

    private Mono<Void> count(Changed changed) {
        var followUp = changed.followUp();
        return page(followUp, FIRST)
                .expand(page -> page.size() < BATCH ? Mono.empty() : page(followUp, page.getLast()))
                .concatMap(page -> keepOutcomes.keep(followUp.workspaceId(), page), 1)
                .then(done(changed));
    }

    private Mono<List<UUID>> page(Key followUp, UUID after) {
        return database.sql(
                        "select id from enrollment where workspace_id = $1 and follow_up_id = $2 and id > $3 order by id limit $4")
                .bind(0, followUp.workspaceId())
                .bind(1, followUp.id())
                .bind(2, after)
                .bind(3, BATCH)
                .mapValue(UUID.class)
                .all()
                .collectList();
    }

    /** Unless it was changed once more. */
    private Mono<Void> done(Changed changed) {
        return database.sql(
                        "update follow_up_goal set changed_at = null where workspace_id = $1 and follow_up_id = $2 and changed_at = $3")
                .bind(0, changed.followUp().workspaceId())
                .bind(1, changed.followUp().id())
                .bind(2, changed.changedAt())
                .then();
    }
}
