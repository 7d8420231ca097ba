package dev.afterword.db.followup;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.FollowUpReader;
import dev.afterword.db.followup.journey.FollowUpWriter;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The follow-ups of all workspaces. */
@Repository
public class FollowUps {
    private static final String SELECT = """
            select f.*, v.number, v.definition from follow_up f
            left join follow_up_version v on v.workspace_id = $1 and v.id = f.version_id
            where f.workspace_id = $1""";

    private final DatabaseClient database;

    FollowUps(DatabaseClient database) {
        this.database = database;
    }

    /** The follow-ups of a workspace that are not archived, by name. */
    public Mono<List<FollowUp>> of(UUID workspaceId) {
        return database.sql(SELECT + " and f.archived_at is null order by f.name, f.id")
                .bind(0, workspaceId)
                .map(FollowUps::read)
                .all()
                .collectList();
    }

    /** Those that were archived, the latest first. */
    public Mono<List<FollowUp>> archived(UUID workspaceId) {
        return database.sql(SELECT + " and f.archived_at is not null order by f.archived_at desc, f.id limit 200")
                .bind(0, workspaceId)
                .map(FollowUps::read)
                .all()
                .collectList();
    }

    /** What one is called, and its stable name. */
    public record Named(String name, String key) {}

    /** What those of these stable names are called, archived ones too; others are missing. */
    public Mono<Map<String, String>> called(UUID workspaceId, Collection<String> followUpKeys) {
        return followUpKeys.isEmpty()
                ? Mono.just(Map.of())
                : database.sql("select key, name from follow_up where workspace_id = $1 and key = any($2)")
                        .bind(0, workspaceId)
                        .bind(1, followUpKeys.toArray(String[]::new))
                        .map((Readable row) ->
                                Map.entry(value(row, "key", String.class), value(row, "name", String.class)))
                        .all()
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** What these are called, archived ones too; others are missing. */
    public Mono<Map<UUID, Named>> named(UUID workspaceId, Collection<UUID> ids) {
        return ids.isEmpty()
                ? Mono.just(Map.of())
                : database.sql("select id, name, key from follow_up where workspace_id = $1 and id = any($2)")
                        .bind(0, workspaceId)
                        .bind(1, ids.toArray(UUID[]::new))
                        .map((Readable row) -> Map.entry(
                                value(row, "id", UUID.class),
                                new Named(value(row, "name", String.class), value(row, "key", String.class))))
                        .all()
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** That follow-up; otherwise {@code follow-up.unknown}. */
    public Mono<FollowUp> find(Key key) {
        return one(key, "");
    }

    /** The follow-up of that stable name; otherwise {@code follow-up.unknown}. */
    public Mono<FollowUp> find(UUID workspaceId, String followUpKey) {
        return database.sql(SELECT + " and f.key = $2")
                .bind(0, workspaceId)
                .bind(1, followUpKey)
                .map(FollowUps::read)
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("follow-up.unknown")));
    }

    /** The same, its row locked, so that one transaction at a time plans for it. */
    Mono<FollowUp> findLocked(Key key) {
        return one(key, " for update of f");
    }

    private Mono<FollowUp> one(Key key, String lock) {
        return database.sql(SELECT + " and f.id = $2" + lock)
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .map(FollowUps::read)
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("follow-up.unknown")));
    }

    /** What these versions say, by their ids. */
    Mono<Map<UUID, FollowUpDefinition>> definitions(UUID workspaceId, Collection<UUID> versions) {
        return database.sql("select id, definition from follow_up_version where workspace_id = $1 and id = any($2)")
                .bind(0, workspaceId)
                .bind(1, versions.toArray(UUID[]::new))
                .map((Readable row) -> Map.entry(value(row, "id", UUID.class), definition(row)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** The keys of all steps that it ever had in a version, as {@code which}, and of all their ways, as {@code which/late}: what became of people is kept by these. */
    public Mono<Set<String>> keysOfVersions(Key key) {
        return database.sql("""
                        with step as (
                            select jsonb_path_query(definition, 'strict $.** ? (exists (@.key) && exists (@.type))') as s
                            from follow_up_version where workspace_id = $1 and follow_up_id = $2)
                        select s ->> 'key' from step
                        union select (s ->> 'key') || '/' || (w ->> 'key') from step cross join lateral jsonb_array_elements(coalesce(s -> 'cases', s -> 'arms', '[]')) w
                        """)
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .mapValue(String.class)
                .all()
                .collect(Collectors.toSet());
    }

    Mono<FollowUp> insert(Key key, String followUpKey, String name, FollowUpDefinition draft, Instant now) {
        return database.sql("""
                        insert into follow_up (workspace_id, id, version, key, name, draft, created_at) values ($1, $2, 0, $3, $4, $5, $6)
                        """)
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, followUpKey)
                .bind(3, name)
                .bind(4, Json.of(FollowUpWriter.write(draft)))
                .bind(5, now)
                .then()
                .then(find(key));
    }

    /** Keeps what is being written; false when another has saved meanwhile. */
    Mono<Boolean> save(Key key, int seen, String name, FollowUpDefinition draft) {
        return database.sql("""
                        update follow_up set name = $4, draft = $5, draft_version = draft_version + 1, version = version + 1
                        where workspace_id = $1 and id = $2 and draft_version = $3
                        """)
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, seen)
                .bind(3, name)
                .bind(4, Json.of(FollowUpWriter.write(draft)))
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    Mono<Void> switched(Key key, @Nullable Instant enabledAt) {
        return set(key, "enabled_at", enabledAt);
    }

    Mono<Void> archived(Key key, @Nullable Instant archivedAt) {
        return set(key, "archived_at", archivedAt);
    }

    private Mono<Void> set(Key key, String column, @Nullable Instant at) {
        return database.sql("update follow_up set version = version + 1, %s = $3 where workspace_id = $1 and id = $2"
                        .formatted(column))
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, at == null ? Parameters.in(Instant.class) : at)
                .then();
    }

    private static FollowUp read(Readable row) {
        var versionId = row.get("version_id", UUID.class);
        var draft = row.get("draft", Json.class);
        return new FollowUp(
                new Key(value(row, "workspace_id", UUID.class), value(row, "id", UUID.class)),
                value(row, "key", String.class),
                value(row, "name", String.class),
                versionId == null
                        ? null
                        : new FollowUp.Published(versionId, value(row, "number", Integer.class), definition(row)),
                draft == null ? null : FollowUpReader.read(draft.asString()),
                value(row, "draft_version", Integer.class),
                row.get("enabled_at", Instant.class),
                row.get("archived_at", Instant.class),
                value(row, "created_at", Instant.class));
    }

    private static FollowUpDefinition definition(Readable row) {
        return FollowUpReader.read(value(row, "definition", Json.class).asString());
    }
}
