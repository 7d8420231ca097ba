package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.event.EventKind;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The cases of all workspaces, and what happened in them. */
@Repository
public class Cases {
    static final String COLUMNS =
            "k.workspace_id, k.id, k.version, k.kind, k.subject, k.contact_id, k.order_id, k.response_id, k.source, k.status, k.priority, k.owner_id, k.team, k.first_due_at, k.solve_due_at, k.first_answered_at, k.snoozed_until, k.closed_at, k.merged_into, k.root_cause, k.topic, k.opened_at, k.latest_at";
    static final TypeReference<Map<String, CaseEntry.Change>> CHANGE = new TypeReference<>() {};

    private final DatabaseClient database;
    private final JsonMapper json;

    Cases(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** That case; otherwise {@code case.unknown}. */
    public Mono<Case> find(Key key) {
        return find(key, "");
    }

    /** The same, nobody else changing it until the transaction ends. */
    Mono<Case> lock(Key key) {
        return find(key, " for update");
    }

    private Mono<Case> find(Key key, String locking) {
        return database.sql(
                        "select " + COLUMNS + " from support_case k where k.workspace_id = $1 and k.id = $2" + locking)
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .map(Cases::read)
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("case.unknown")));
    }

    /** The case, and all that go on in it: those that were merged into it, and into these. */
    Mono<List<UUID>> whole(Key caseKey) {
        return database.sql("""
                        with recursive whole as (
                            select $2::uuid as id union
                            select k.id from support_case k join whole w on k.merged_into = w.id where k.workspace_id = $1
                        ) select id from whole
                        """)
                .bind(0, caseKey.workspaceId())
                .bind(1, caseKey.id())
                .mapValue(UUID.class)
                .all()
                .collectList();
    }

    /** Everything that happened in it and in those that go on in it, the earliest first. */
    public Mono<List<CaseEntry>> entries(Key caseKey) {
        return whole(caseKey)
                .flatMap(whole -> database.sql("""
                        select e.*, f.name as staff_name, s.state as send_state from case_entry e
                        left join staff f on f.id = e.staff_id
                        left join send s on s.workspace_id = $1 and s.id = e.send_id
                        where e.workspace_id = $1 and e.case_id = any($2) order by e.at, e.id
                        """)
                        .bind(0, caseKey.workspaceId())
                        .bind(1, whole.toArray(UUID[]::new))
                        .map(this::entry)
                        .all()
                        .collectList());
    }

    /** The id of the case that the thing opened. */
    Mono<UUID> bySource(UUID workspaceId, String sourceKey) {
        return database.sql("select id from support_case where workspace_id = $1 and source_key = $2")
                .bind(0, workspaceId)
                .bind(1, sourceKey)
                .mapValue(UUID.class)
                .one();
    }

    /** False when the same thing opened one before. */
    Mono<Boolean> insert(Case opened, @Nullable String sourceKey, @Nullable UUID enrollmentId) {
        return database.sql("""
                        insert into support_case (workspace_id, id, version, kind, subject, contact_id, order_id, response_id, enrollment_id, source, source_key, status, priority,
                            owner_id, team, first_due_at, solve_due_at, opened_at, latest_at, words)
                        values ($1, $2, 0, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11, $12, $13, $14, $15, $16, $16, to_tsvector('simple', $4))
                        on conflict (workspace_id, source_key) do nothing
                        """)
                .bind(0, opened.key().workspaceId())
                .bind(1, opened.key().id())
                .bind(2, opened.kind().code())
                .bind(3, opened.subject())
                .bind(4, orNull(UUID.class, opened.contactId()))
                .bind(5, orNull(UUID.class, opened.orderId()))
                .bind(6, orNull(UUID.class, opened.responseId()))
                .bind(7, orNull(UUID.class, enrollmentId))
                .bind(8, opened.source())
                .bind(9, orNull(String.class, sourceKey))
                .bind(10, opened.priority())
                .bind(11, orNull(UUID.class, opened.ownerId()))
                .bind(12, orNull(String.class, opened.team()))
                .bind(13, orNull(Instant.class, opened.firstDueAt()))
                .bind(14, orNull(Instant.class, opened.solveDueAt()))
                .bind(15, opened.openedAt())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    /** Otherwise {@code case.changed-meanwhile}. */
    Mono<Case> update(Case changed) {
        return database.sql("""
                        update support_case k set version = version + 1, kind = $4, status = $5, priority = $6, owner_id = $7, team = $8, snoozed_until = $9, closed_at = $10,
                            root_cause = $11, topic = $12, words = case when $12 is distinct from topic then words || to_tsvector('simple', coalesce($12, '')) else words end
                        where k.workspace_id = $1 and k.id = $2 and k.version = $3 returning\s""" + COLUMNS)
                .bind(0, changed.key().workspaceId())
                .bind(1, changed.key().id())
                .bind(2, changed.version())
                .bind(3, changed.kind().code())
                .bind(4, changed.status().code())
                .bind(5, changed.priority())
                .bind(6, orNull(UUID.class, changed.ownerId()))
                .bind(7, orNull(String.class, changed.team()))
                .bind(8, orNull(Instant.class, changed.snoozedUntil()))
                .bind(9, orNull(Instant.class, changed.closedAt()))
                .bind(
                        10,
                        orNull(
                                String.class,
                                changed.rootCause() == null
                                        ? null
                                        : changed.rootCause().code()))
                .bind(11, orNull(String.class, changed.topic()))
                .map(Cases::read)
                .one()
                .switchIfEmpty(Mono.error(() -> new Conflict("case.changed-meanwhile")));
    }

    /** Adds an entry, and makes its words findable, as long as there is room for them: one tsvector holds a megabyte at most; false when the mail that it is stands there already. */
    Mono<Boolean> add(Addition added, Instant at) {
        return add(added, Key.nextId(), null, at);
    }

    /**
     * The same under an id of its own, so that the same is added once.
     *
     * @param page by which link it came where it was written on a page, opened or mailed
     */
    Mono<Boolean> add(Addition added, UUID id, @Nullable String page, Instant at) {
        return database.sql("""
                        with e as (
                            insert into case_entry (workspace_id, id, case_id, kind, staff_id, words, mentions, change, send_id, incoming_id, gift_id, at, batch_id, page)
                            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing returning words
                        )
                        update support_case k set latest_at = greatest(k.latest_at, $12),
                            words = case when octet_length(tsvectorsend(k.words)) < 800000 then k.words || to_tsvector('simple', left(e.words, 20000)) else k.words end from e
                        where k.workspace_id = $1 and k.id = $3
                        """)
                .bind(0, added.caseKey().workspaceId())
                .bind(1, id)
                .bind(2, added.caseKey().id())
                .bind(3, added.kind().code())
                .bind(4, orNull(UUID.class, added.staffId()))
                .bind(5, added.words().replace('\0', ' '))
                .bind(6, added.mentions().toArray(UUID[]::new))
                .bind(
                        7,
                        added.change().isEmpty()
                                ? Parameters.in(Json.class)
                                : Json.of(json.writeValueAsString(added.change())))
                .bind(8, orNull(UUID.class, added.sendId()))
                .bind(9, orNull(UUID.class, added.incomingId()))
                .bind(10, orNull(UUID.class, added.giftId()))
                .bind(11, at)
                .bind(12, orNull(UUID.class, added.batchId()))
                .bind(13, orNull(String.class, page))
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    /** What that entry says; empty where there is none. */
    Mono<String> words(Key entryKey) {
        return database.sql("select words from case_entry where workspace_id = $1 and id = $2")
                .bind(0, entryKey.workspaceId())
                .bind(1, entryKey.id())
                .mapValue(String.class)
                .one();
    }

    /** The id of what a form says when it comes again with other words: the same for the same words, so that they are said once. */
    static UUID again(UUID form, String words) {
        return UUID.nameUUIDFromBytes((form + words).getBytes(StandardCharsets.UTF_8));
    }

    /** The customer has spoken: it is our turn again, whatever stood there. What is to be told of it: that it was changed, or opened again. */
    Mono<EventKind> ourTurn(Key key) {
        return database.sql("""
                        update support_case k set version = version + 1, status = 'open', snoozed_until = null, closed_at = null
                        from (select b.status from support_case b where b.workspace_id = $1 and b.id = $2 for update) b
                        where k.workspace_id = $1 and k.id = $2 returning b.status
                        """)
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .mapValue(String.class)
                .one()
                .map(before -> CaseStatus.of(before).running() ? EventKind.CASE_CHANGED : EventKind.CASE_OPENED);
    }

    static <T> Object orNull(Class<T> type, @Nullable T value) {
        return value == null ? Parameters.in(type) : value;
    }

    private CaseEntry entry(Readable row) {
        var change = row.get("change", Json.class);
        return new CaseEntry(
                new Key(value(row, "workspace_id", UUID.class), value(row, "id", UUID.class)),
                value(row, "case_id", UUID.class),
                CaseEntry.Kind.of(value(row, "kind", String.class)),
                row.get("staff_id", UUID.class),
                row.get("staff_name", String.class),
                value(row, "words", String.class),
                List.of(value(row, "mentions", UUID[].class)),
                change == null ? Map.of() : json.readValue(change.asString(), CHANGE),
                row.get("send_id", UUID.class),
                row.get("send_state", String.class),
                row.get("incoming_id", UUID.class) == null ? row.get("page", String.class) : "mail",
                value(row, "at", Instant.class));
    }

    static Case read(Readable row) {
        var cause = row.get("root_cause", String.class);
        return new Case(
                new Key(value(row, "workspace_id", UUID.class), value(row, "id", UUID.class)),
                value(row, "version", Integer.class),
                CaseKind.of(value(row, "kind", String.class)),
                value(row, "subject", String.class),
                row.get("contact_id", UUID.class),
                row.get("order_id", UUID.class),
                row.get("response_id", UUID.class),
                value(row, "source", String.class),
                CaseStatus.of(value(row, "status", String.class)),
                value(row, "priority", Integer.class),
                row.get("owner_id", UUID.class),
                row.get("team", String.class),
                row.get("first_due_at", Instant.class),
                row.get("solve_due_at", Instant.class),
                row.get("first_answered_at", Instant.class),
                row.get("snoozed_until", Instant.class),
                row.get("closed_at", Instant.class),
                row.get("merged_into", UUID.class),
                cause == null ? null : RootCause.of(cause),
                row.get("topic", String.class),
                value(row, "opened_at", Instant.class),
                value(row, "latest_at", Instant.class));
    }
}
