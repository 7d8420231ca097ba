package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Picture;
import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The pictures in all cases, and those that wait for their form to be whole. */
@Repository
public class CasePhotos {
    public static final int MOST = 5;
    /** So long a picture waits for its form. */
    static final Duration WAITS = Duration.ofDays(1);

    private final Cases cases;
    private final DatabaseClient database;
    private final DatabaseTime time;
    private final Transactions transactions;

    CasePhotos(Cases cases, DatabaseClient database, DatabaseTime time, Transactions transactions) {
        this.cases = cases;
        this.database = database;
        this.time = time;
        this.transactions = transactions;
    }

    /** Those of a case and of those that go on in it, entry by entry, in the order in which they were added. */
    public Mono<List<CasePhoto>> of(Key caseKey) {
        return cases.whole(caseKey).flatMap(whole -> of(caseKey.workspaceId(), whole));
    }

    Mono<List<CasePhoto>> of(UUID workspaceId, List<UUID> cases) {
        return database.sql("""
                        select p.id, p.entry_id, p.width, p.height, octet_length(p.bytes) as size from case_photo p
                        where p.workspace_id = $1 and p.case_id = any($2) order by p.added_at, p.entry_id, p.position
                        """)
                .bind(0, workspaceId)
                .bind(1, cases.toArray(UUID[]::new))
                .map((Readable row) -> new CasePhoto(
                        value(row, "id", UUID.class),
                        value(row, "entry_id", UUID.class),
                        value(row, "width", Integer.class),
                        value(row, "height", Integer.class),
                        value(row, "size", Integer.class)))
                .all()
                .collectList();
    }

    /** One that belongs to a case; otherwise {@code case-photo.unknown}. */
    public Mono<ByteBuffer> bytes(Key key) {
        return database.sql("select bytes from case_photo where workspace_id = $1 and id = $2 and case_id is not null")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .mapValue(ByteBuffer.class)
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("case-photo.unknown")));
    }

    /** How many wait for that form. */
    public Mono<Integer> waiting(UUID workspaceId, UUID form) {
        return database.sql(
                        "select count(*)::int from case_photo where workspace_id = $1 and entry_id = $2 and case_id is null")
                .bind(0, workspaceId)
                .bind(1, form)
                .mapValue(Integer.class)
                .one();
    }

    /** Keeps them until their form is whole. Otherwise {@code feedback.photos-many}: with those that wait they are more than {@link #MOST}. */
    public Mono<Void> add(UUID workspaceId, UUID form, List<Picture> pictures) {
        return pictures.isEmpty()
                ? Mono.empty()
                : time.now()
                        .flatMap(now -> transactions.run(waiting(workspaceId, form)
                                .flatMap(before -> before + pictures.size() > MOST
                                        ? Mono.error(new Rejected("feedback.photos-many", "photos", MOST))
                                        : insert(workspaceId, form, pictures, before, now))));
    }

    /** Forgets those of every workspace whose form never was whole. Never true: what is left is deleted at once. */
    public Mono<Boolean> forgetLeft() {
        return time.now()
                .flatMap(now -> database.sql("select id from workspace")
                        .mapValue(UUID.class)
                        .all()
                        .collectList()
                        .flatMapIterable(workspaces -> workspaces)
                        .concatMap(workspace -> forgetLeft(workspace, now))
                        .then(Mono.just(false)));
    }

    private Mono<Void> forgetLeft(UUID workspaceId, Instant now) {
        return database.sql("delete from case_photo where workspace_id = $1 and case_id is null and added_at < $2")
                .bind(0, workspaceId)
                .bind(1, now.minus(WAITS))
                .then();
    }

    /** One at a time: each is large. */
    private Mono<Void> insert(UUID workspaceId, UUID form, List<Picture> pictures, int before, Instant now) {
        return Flux.fromIterable(pictures)
                .index()
                .concatMap(numbered -> database.sql("""
                                insert into case_photo (workspace_id, id, entry_id, position, width, height, bytes, added_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
                                """)
                        .bind(0, workspaceId)
                        .bind(1, Key.nextId())
                        .bind(2, form)
                        .bind(3, before + numbered.getT1().intValue())
                        .bind(4, numbered.getT2().width())
                        .bind(5, numbered.getT2().height())
                        .bind(6, numbered.getT2().jpeg())
                        .bind(7, now)
                        .then())
                .then();
    }

    /** Forgets those that wait for that form. */
    public Mono<Void> forget(UUID workspaceId, UUID form) {
        return database.sql("delete from case_photo where workspace_id = $1 and entry_id = $2 and case_id is null")
                .bind(0, workspaceId)
                .bind(1, form)
                .then();
    }

    /** Those that wait for a form belong to an entry. */
    Mono<Void> attach(Key caseKey, UUID form, UUID entryId) {
        return database.sql(
                        "update case_photo set case_id = $3, entry_id = $4 where workspace_id = $1 and entry_id = $2 and case_id is null")
                .bind(0, caseKey.workspaceId())
                .bind(1, form)
                .bind(2, caseKey.id())
                .bind(3, entryId)
                .then();
    }

    /** Of these cases one; empty where it belongs to another. */
    Mono<ByteBuffer> bytes(UUID workspaceId, List<UUID> cases, UUID id, boolean openedOnly) {
        return database.sql("""
                        select p.bytes from case_photo p join case_entry e on e.workspace_id = $1 and e.id = p.entry_id
                        where p.workspace_id = $1 and p.id = $2 and p.case_id = any($3) and (not $4 or e.page = 'opened')
                        """)
                .bind(0, workspaceId)
                .bind(1, id)
                .bind(2, cases.toArray(UUID[]::new))
                .bind(3, openedOnly)
                .mapValue(ByteBuffer.class)
                .one();
    }
}
