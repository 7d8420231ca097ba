package dev.afterword.db.followup;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.workspace.Purpose;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The follow-ups of all workspaces. */
@Repository
public class FollowUps {
    private final DatabaseClient database;

    FollowUps(DatabaseClient database) {
        this.database = database;
    }

    /** The follow-ups of a workspace, by name. */
    public Mono<List<FollowUp>> of(UUID workspaceId) {
        return database.sql("select * from follow_up where workspace_id = $1 order by name, id")
                .bind(0, workspaceId)
                .map(FollowUps::read)
                .all()
                .collectList();
    }

    /** That follow-up; otherwise {@code follow-up.unknown}. */
    public Mono<FollowUp> find(Key key) {
        return one(key, "");
    }

    /** The same, its row locked, so that one transaction at a time plans for it. */
    Mono<FollowUp> findLocked(Key key) {
        return one(key, " for update");
    }

    private Mono<FollowUp> one(Key key, String lock) {
        return database.sql("select * from follow_up where workspace_id = $1 and id = $2" + lock)
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .map(FollowUps::read)
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("follow-up.unknown")));
    }

    /** Keeps its switch and its delays. */
    Mono<FollowUp> update(FollowUp followUp) {
        var update = database.sql("""
                        update follow_up set version = version + 1, days_after_delivery = $3, days_after_shipping = $4, days_to_reminder = $5, enabled_at = $6
                        where workspace_id = $1 and id = $2
                        """)
                .bind(0, followUp.key().workspaceId())
                .bind(1, followUp.key().id())
                .bind(2, followUp.daysAfterDelivery())
                .bind(3, followUp.daysAfterShipping());
        var reminder = followUp.daysToReminder();
        var enabled = followUp.enabledAt();
        update = reminder == null ? update.bindNull(4, Integer.class) : update.bind(4, reminder);
        update = enabled == null ? update.bindNull(5, Instant.class) : update.bind(5, enabled);
        return update.then().then(find(followUp.key()));
    }

    private static FollowUp read(Readable row) {
        return new FollowUp(
                new Key(value(row, "workspace_id", UUID.class), value(row, "id", UUID.class)),
                value(row, "version", Integer.class),
                value(row, "key", String.class),
                value(row, "name", String.class),
                value(row, "level", Integer.class),
                Purpose.of(value(row, "purpose", String.class)),
                value(row, "survey_id", UUID.class),
                value(row, "days_after_delivery", Integer.class),
                value(row, "days_after_shipping", Integer.class),
                row.get("days_to_reminder", Integer.class),
                row.get("enabled_at", Instant.class));
    }
}
