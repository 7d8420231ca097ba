package dev.afterword.db.response.topic;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The topics of the workspaces, and the rules that put them on answers. */
@Repository
public class Topics {
    private static final int MOST = 200;
    private static final int MOST_RULES = 100;

    private final DatabaseClient database;
    private final DatabaseTime time;
    private final Transactions transactions;

    Topics(DatabaseClient database, DatabaseTime time, Transactions transactions) {
        this.database = database;
        this.time = time;
        this.transactions = transactions;
    }

    /**
     * How far the past was read for a topic.
     *
     * @param looked answers that were read
     */
    public record Past(long looked, boolean done) {}

    /** All topics by name, archived ones too. */
    public Mono<List<Topic>> all(UUID workspaceId) {
        return database.sql("select * from topic where workspace_id = $1 order by lower(name)")
                .bind(0, workspaceId)
                .map((Readable row) -> read(workspaceId, row))
                .all()
                .collectList();
    }

    /** That topic; otherwise {@code topic.unknown}. */
    public Mono<Topic> find(Key key) {
        return database.sql("select * from topic where workspace_id = $1 and id = $2")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .map((Readable row) -> read(key.workspaceId(), row))
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("topic.unknown")));
    }

    private static Topic read(UUID workspaceId, Readable row) {
        return new Topic(
                new Key(workspaceId, value(row, "id", UUID.class)),
                value(row, "version", Integer.class),
                value(row, "name", String.class),
                row.get("owner_id", UUID.class),
                value(row, "created_at", Instant.class),
                row.get("archived_at", Instant.class));
    }

    /** A new one; otherwise {@code topic.name-taken} or {@code topic.too-many}. */
    public Mono<Topic> add(UUID workspaceId, String name) {
        return time.now().flatMap(now -> {
            var topic = Topic.named(Key.next(workspaceId), name, now);
            return database.sql("""
                            insert into topic (workspace_id, id, name, created_at)
                            select $1, $2, $3, $4 where (select count(*) from topic where workspace_id = $1) < $5
                            """)
                    .bind(0, workspaceId)
                    .bind(1, topic.key().id())
                    .bind(2, topic.name())
                    .bind(3, now)
                    .bind(4, MOST)
                    .fetch()
                    .rowsUpdated()
                    .onErrorMap(DataIntegrityViolationException.class, _ -> taken(topic.name()))
                    .flatMap(rows -> rows == 0 ? Mono.error(new Conflict("topic.too-many", MOST)) : Mono.just(topic));
        });
    }

    /** Keeps name, owner and whether it is archived; otherwise {@code topic.name-taken}, {@code topic.owner-unknown} or {@code topic.changed-meanwhile}. */
    public Mono<Topic> save(Topic topic) {
        return database.sql("""
                        update topic set version = version + 1, name = $3, owner_id = $4, archived_at = $5
                        where workspace_id = $1 and id = $2 and version = $6
                        and ($4::uuid is null or exists (select from membership m where m.workspace_id = $1 and m.staff_id = $4))
                        returning *
                        """)
                .bind(0, topic.key().workspaceId())
                .bind(1, topic.key().id())
                .bind(2, topic.name())
                .bind(3, orNull(UUID.class, topic.ownerId()))
                .bind(4, orNull(Instant.class, topic.archivedAt()))
                .bind(5, topic.version())
                .map((Readable row) -> read(topic.key().workspaceId(), row))
                .one()
                .onErrorMap(DataIntegrityViolationException.class, _ -> taken(topic.name()))
                .switchIfEmpty(Mono.defer(() -> find(topic.key())
                        .flatMap(found -> Mono.error(
                                found.version() == topic.version()
                                        ? new Rejected("topic.owner-unknown", "owner")
                                        : new Conflict("topic.changed-meanwhile")))));
    }

    private static Rejected taken(String name) {
        return new Rejected("topic.name-taken", "name", name);
    }

    /** The rules of these workspaces' topics, the oldest first. */
    public Mono<List<TopicRule>> rules(Key topic) {
        return database.sql(
                        "select * from topic_rule where workspace_id = $1 and topic_id = $2 order by created_at, id")
                .bind(0, topic.workspaceId())
                .bind(1, topic.id())
                .map((Readable row) -> new TopicRule(
                        new Key(topic.workspaceId(), value(row, "id", UUID.class)),
                        topic.id(),
                        value(row, "language", String.class),
                        value(row, "words", String.class)))
                .all()
                .collectList();
    }

    /** For answers that come from now on; of no member of staff where a program makes it. Otherwise {@code topic.words-common} where the language’s dictionary leaves nothing of them, or {@code topic.rule-there}. */
    public Mono<TopicRule> add(TopicRule rule, @Nullable UUID staffId) {
        var dictionary = Dictionary.of(rule.language());
        return time.now()
                .flatMap(now -> database.sql("""
                                with q as (select to_tsquery($6::text::regconfig, $7) as query)
                                insert into topic_rule (workspace_id, id, topic_id, language, words, dictionary, query, staff_id, created_at)
                                select $1, $2, $3, $4, $5, $6, q.query, $8, $9 from q
                                where numnode(q.query) > 0 and (select count(*) from topic_rule where workspace_id = $1 and topic_id = $3) < $10
                                """)
                        .bind(0, rule.key().workspaceId())
                        .bind(1, rule.key().id())
                        .bind(2, rule.topicId())
                        .bind(3, rule.language())
                        .bind(4, rule.words())
                        .bind(5, dictionary)
                        .bind(6, rule.query())
                        .bind(7, orNull(UUID.class, staffId))
                        .bind(8, now)
                        .bind(9, MOST_RULES)
                        .fetch()
                        .rowsUpdated())
                .onErrorMap(
                        DataIntegrityViolationException.class,
                        _ -> new Rejected("topic.rule-there", "words", rule.words()))
                .flatMap(rows -> rows == 0
                        ? Mono.error(new Rejected("topic.words-common", "words", rule.words()))
                        : Mono.just(rule));
    }

    /** What it has put on answers goes with it; what another rule of the topic would put there too comes back when the past is read. */
    public Mono<Void> remove(Key topic, UUID ruleId) {
        return transactions.run(database.sql("""
                        with gone as (delete from topic_rule where workspace_id = $1 and topic_id = $2 and id = $3 returning id)
                        delete from response_topic x using gone where x.workspace_id = $1 and x.rule_id = gone.id and not x.taken
                        """)
                .bind(0, topic.workspaceId())
                .bind(1, topic.id())
                .bind(2, ruleId)
                .then());
    }

    /** Has the worker read all answers that are there, again where it has been done. */
    public Mono<Void> readPast(Key topic) {
        return time.now()
                .flatMap(now -> database.sql("""
                                insert into topic_past (workspace_id, topic_id, looked, asked_at) values ($1, $2, 0, $3)
                                on conflict (workspace_id, topic_id) do update set position = null, looked = 0, asked_at = $3, done_at = null
                                """)
                        .bind(0, topic.workspaceId())
                        .bind(1, topic.id())
                        .bind(2, now)
                        .then());
    }

    /** Empty where nobody has asked for it. */
    public Mono<Past> past(Key topic) {
        return database.sql("select looked, done_at from topic_past where workspace_id = $1 and topic_id = $2")
                .bind(0, topic.workspaceId())
                .bind(1, topic.id())
                .map((Readable row) ->
                        new Past(value(row, "looked", Long.class), row.get("done_at", Instant.class) != null))
                .one();
    }

    static <T> Object orNull(Class<T> type, @Nullable T value) {
        return value == null ? Parameters.in(type) : value;
    }
}
