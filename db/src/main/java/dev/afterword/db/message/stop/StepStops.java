package dev.afterword.db.message.stop;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.message.Candidate;
import dev.afterword.db.message.LastCheck;
import dev.afterword.db.message.SkipReason;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The steps that are stopped; nothing of them goes out. */
@Repository
public class StepStops implements LastCheck {
    private final DatabaseClient database;

    StepStops(DatabaseClient database) {
        this.database = database;
    }

    /** Those that stand, the latest first. */
    public Mono<List<StepStop>> of(UUID workspaceId) {
        return database.sql(
                        "select * from step_stop where workspace_id = $1 and lifted_at is null order by stopped_at desc")
                .bind(0, workspaceId)
                .map((Readable row) -> new StepStop(
                        new Key(workspaceId, value(row, "id", UUID.class)),
                        value(row, "follow_up_id", UUID.class),
                        value(row, "step", String.class),
                        StopReason.of(value(row, "reason", String.class)),
                        value(row, "sent", Integer.class),
                        value(row, "harmed", Integer.class),
                        value(row, "stopped_at", Instant.class)))
                .all()
                .collectList();
    }

    /** Lets a step go on; otherwise {@code step-stop.unknown}. What was sent before no longer counts against it. */
    public Mono<Void> lift(Key stop, UUID staffId, Instant now) {
        return database.sql(
                        "update step_stop set lifted_at = $3, lifted_by = $4 where workspace_id = $1 and id = $2 and lifted_at is null")
                .bind(0, stop.workspaceId())
                .bind(1, stop.id())
                .bind(2, now)
                .bind(3, staffId)
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> rows == 0 ? Mono.error(new NotFound("step-stop.unknown")) : Mono.<Void>empty());
    }

    @Override
    public Mono<Map<UUID, SkipReason>> refused(UUID workspaceId, List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return Mono.just(Map.of());
        }
        return database.sql("""
                        select s.id from step_stop t
                        join send s on s.workspace_id = $1 and s.follow_up_id = t.follow_up_id and s.step = t.step and s.id = any($2)
                        where t.workspace_id = $1 and t.lifted_at is null
                        """)
                .bind(0, workspaceId)
                .bind(1, Columns.array(candidates, UUID.class, Candidate::sendId))
                .mapValue(UUID.class)
                .all()
                .collectMap(id -> id, id -> SkipReason.STEP_STOPPED);
    }
}
