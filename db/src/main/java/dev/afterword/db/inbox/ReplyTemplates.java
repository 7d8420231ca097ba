package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The replies that the workspaces keep ready. */
@Repository
public class ReplyTemplates {
    private static final TypeReference<Map<String, String>> WORDS = new TypeReference<>() {};

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Clock clock;

    ReplyTemplates(DatabaseClient database, JsonMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    /** By name. */
    public Mono<List<ReplyTemplate>> all(UUID workspaceId) {
        return database.sql("""
                        select t.id, t.version, t.name, t.words, w.language from reply_template t join workspace w on w.id = $1
                        where t.workspace_id = $1 order by lower(t.name), t.id
                        """)
                .bind(0, workspaceId)
                .map((Readable row) -> read(workspaceId, row))
                .all()
                .collectList();
    }

    /** That one; otherwise {@code reply-template.unknown}. */
    public Mono<ReplyTemplate> find(Key key) {
        return database.sql("""
                        select t.id, t.version, t.name, t.words, w.language from reply_template t join workspace w on w.id = $1
                        where t.workspace_id = $1 and t.id = $2
                        """)
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .map((Readable row) -> read(key.workspaceId(), row))
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("reply-template.unknown")));
    }

    private ReplyTemplate read(UUID workspaceId, Readable row) {
        var stored = json.readValue(value(row, "words", Json.class).asString(), WORDS);
        var first = value(row, "language", String.class);
        var words = new LinkedHashMap<String, String>();
        if (stored.containsKey(first)) {
            words.put(first, stored.get(first));
        }
        words.putAll(stored);
        return new ReplyTemplate(
                new Key(workspaceId, value(row, "id", UUID.class)),
                value(row, "version", Integer.class),
                value(row, "name", String.class),
                words);
    }

    /** Adds it, or puts it in the place of the one with its key. Otherwise {@code reply-template.name-taken} or {@code reply-template.changed-meanwhile}. */
    public Mono<ReplyTemplate> save(ReplyTemplate template) {
        return database.sql("""
                        insert into reply_template as t (workspace_id, id, version, name, words, created_at) values ($1, $2, 0, $3, $4, $5)
                        on conflict (workspace_id, id) do update set version = t.version + 1, name = excluded.name, words = excluded.words
                        where t.version = $6 returning version
                        """)
                .bind(0, template.key().workspaceId())
                .bind(1, template.key().id())
                .bind(2, template.name())
                .bind(3, Json.of(json.writeValueAsString(template.words())))
                .bind(4, clock.instant())
                .bind(5, template.version())
                .mapValue(Integer.class)
                .one()
                .onErrorMap(
                        DuplicateKeyException.class,
                        taken -> new Conflict("reply-template.name-taken", template.name()))
                .map(template::at)
                .switchIfEmpty(Mono.error(() -> new Conflict("reply-template.changed-meanwhile")));
    }

    public Mono<Void> remove(Key key) {
        return database.sql("delete from reply_template where workspace_id = $1 and id = $2")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .then();
    }
}
