package dev.afterword.db.response.topic;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Puts a topic on answers from before its rules, a thousand at a time, where staff asked for it. */
@Component
public class ReadPast {
    private static final int AT_ONCE = 1_000;

    private final ApplyTopics applyTopics;
    private final DatabaseClient database;
    private final DatabaseTime time;
    private final Transactions transactions;

    ReadPast(ApplyTopics applyTopics, DatabaseClient database, DatabaseTime time, Transactions transactions) {
        this.applyTopics = applyTopics;
        this.database = database;
        this.time = time;
        this.transactions = transactions;
    }

    private record Place(Key topic, @Nullable UUID position) {}

    /** Some of each workspace in which it was asked for; true while there is more. */
    public Mono<Boolean> round() {
        return time.now()
                .flatMap(now -> database.sql("""
                                select w.id from workspace w
                                where exists (select from topic_past p where p.workspace_id = w.id and p.done_at is null) order by w.id
                                """)
                        .mapValue(UUID.class)
                        .all()
                        .collectList()
                        .flatMapIterable(workspaces -> workspaces)
                        .concatMap(workspaceId -> transactions.run(some(workspaceId, now)))
                        .reduce(false, (more, did) -> more || did));
    }

    private Mono<Boolean> some(UUID workspaceId, Instant now) {
        return database.sql(
                        "select topic_id, position from topic_past where workspace_id = $1 and done_at is null order by asked_at limit 1 for update skip locked")
                .bind(0, workspaceId)
                .map((Readable row) -> new Place(
                        new Key(workspaceId, value(row, "topic_id", UUID.class)), row.get("position", UUID.class)))
                .one()
                .flatMap(place -> read(place, now))
                .defaultIfEmpty(false);
    }

    private Mono<Boolean> read(Place place, Instant now) {
        var workspaceId = place.topic().workspaceId();
        return database.sql(
                        "select id from response where workspace_id = $1 and ($2::uuid is null or id > $2) order by id limit $3")
                .bind(0, workspaceId)
                .bind(1, Topics.orNull(UUID.class, place.position()))
                .bind(2, AT_ONCE)
                .mapValue(UUID.class)
                .all()
                .collectList()
                .flatMap(ids -> applyTopics
                        .to(workspaceId, ids, place.topic().id())
                        .then(database.sql("""
                                        update topic_past set looked = looked + $3, position = coalesce($4, position), done_at = case when $3 < $5 then $6::timestamptz end
                                        where workspace_id = $1 and topic_id = $2
                                        """)
                                .bind(0, workspaceId)
                                .bind(1, place.topic().id())
                                .bind(2, ids.size())
                                .bind(3, Topics.orNull(UUID.class, ids.isEmpty() ? null : ids.getLast()))
                                .bind(4, AT_ONCE)
                                .bind(5, now)
                                .then())
                        .thenReturn(true));
    }
}
