package dev.afterword.db.response.topic;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Columns;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rejected;
import dev.afterword.db.workspace.Workspace;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What the shops did about what customers said. */
@Repository
public class TopicChanges {
    private static final TypeReference<Map<String, String>> WORDS = new TypeReference<>() {};
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);

    private final DatabaseClient database;
    private final JsonMapper json;
    private final DatabaseTime time;

    TopicChanges(DatabaseClient database, JsonMapper json, DatabaseTime time) {
        this.database = database;
        this.json = json;
        this.time = time;
    }

    /** A change as a mail says it. */
    public record Told(String topic, TopicChange change) {}

    /** The latest first. */
    public Mono<List<TopicChange>> of(Key topic) {
        return database.sql("""
                        select c.*, s.name as by from topic_change c left join staff s on s.id = c.staff_id
                        where c.workspace_id = $1 and c.topic_id = $2 order by c.day desc, c.id desc
                        """)
                .bind(0, topic.workspaceId())
                .bind(1, topic.id())
                .map((Readable row) -> read(topic.workspaceId(), row))
                .all()
                .collectList();
    }

    private TopicChange read(UUID workspaceId, Readable row) {
        return new TopicChange(
                new Key(workspaceId, value(row, "id", UUID.class)),
                value(row, "topic_id", UUID.class),
                value(row, "day", LocalDate.class),
                json.readValue(value(row, "words", Json.class).asString(), WORDS),
                row.get("by", String.class),
                row.get("announced_at", Instant.class));
    }

    /** Otherwise {@code topic.unknown}, {@code topic.change-words} where nothing is said in the workspace’s language, or {@code topic.change-day}. */
    public Mono<TopicChange> add(Workspace workspace, TopicChange change, @Nullable UUID staffId) {
        if (!change.words().containsKey(workspace.language())) {
            return Mono.error(new Rejected("topic.change-words", "words", workspace.language()));
        }
        return time.now().flatMap(now -> {
            if (change.day().isBefore(EARLIEST) || change.day().isAfter(LocalDate.ofInstant(now, workspace.zone()))) {
                return Mono.error(new Rejected("topic.change-day", "day"));
            }
            return database.sql("""
                            insert into topic_change (workspace_id, id, topic_id, day, words, staff_id, created_at)
                            select $1, $2, t.id, $4, $5, $6, $7 from topic t where t.workspace_id = $1 and t.id = $3
                            """)
                    .bind(0, workspace.id())
                    .bind(1, change.key().id())
                    .bind(2, change.topicId())
                    .bind(3, change.day())
                    .bind(4, Json.of(json.writeValueAsString(change.words())))
                    .bind(5, Topics.orNull(UUID.class, staffId))
                    .bind(6, now)
                    .fetch()
                    .rowsUpdated()
                    .flatMap(rows -> rows == 0 ? Mono.error(new NotFound("topic.unknown")) : Mono.just(change));
        });
    }

    /** Whether nobody had done so before; joins the transaction of its caller. */
    public Mono<Boolean> announce(Key change, Instant now) {
        return database.sql(
                        "update topic_change set announced_at = $3 where workspace_id = $1 and id = $2 and announced_at is null")
                .bind(0, change.workspaceId())
                .bind(1, change.id())
                .bind(2, now)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    /** Those changes, by their ids. */
    public Mono<Map<UUID, Told>> all(UUID workspaceId, Collection<UUID> changes) {
        return database.sql("""
                        select c.*, null::text as by, t.name from topic_change c join topic t on t.workspace_id = $1 and t.id = c.topic_id
                        where c.workspace_id = $1 and c.id = any($2)
                        """)
                .bind(0, workspaceId)
                .bind(1, Columns.array(changes, UUID.class, id -> id))
                .map((Readable row) -> new Told(value(row, "name", String.class), read(workspaceId, row)))
                .all()
                .collectMap(told -> told.change().key().id());
    }
}
