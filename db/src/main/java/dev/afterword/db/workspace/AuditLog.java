package dev.afterword.db.workspace;

import dev.afterword.db.Binds;
import dev.afterword.db.Columns;
import dev.afterword.db.Transactions;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The audit logs of all workspaces: entries are added without waiting for each other, and stand in a line soon after. */
@Repository
public class AuditLog {
    private static final int BATCH = 500;
    static final byte[] BEGINNING = new byte[32];

    private final DatabaseClient database;
    private final Transactions transactions;

    AuditLog(DatabaseClient database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    public Mono<Void> add(UUID workspaceId, AuditEntry entry) {
        return Transactions.apart(database.sql("""
                        with e as (
                            insert into audit_entry (workspace_id, id, at, staff_id, api_key_id, permission, changed, place, subjects, status)
                            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))
                        insert into audit_waiting (workspace_id, entry_id) values ($1, $2)
                        """)
                .bind(0, workspaceId)
                .bind(1, entry.id())
                .bind(2, entry.at())
                .bind(3, entry.staffId() == null ? Parameters.in(UUID.class) : entry.staffId())
                .bind(4, entry.apiKeyId() == null ? Parameters.in(UUID.class) : entry.apiKeyId())
                .bind(5, entry.permission())
                .bind(6, entry.changed())
                .bind(7, entry.place())
                .bind(8, entry.subjects())
                .bind(9, entry.status())
                .then());
    }

    /**
     * An entry as it stands in the line.
     *
     * @param name of the staff member or the key, as it is now; null where neither is there any more
     * @param position null where it waits for its place
     * @param hash in hexadecimal
     */
    public record Line(
            AuditEntry entry,
            @Nullable String name,
            @Nullable Long position,
            @Nullable String hash) {}

    /**
     * A page, the newest first, of what came before an entry.
     *
     * @param who the staff member or the key whose acts these are; null: everybody's
     * @param changed whether only what was changed, or only what was looked at; null: both
     */
    public Mono<List<Line>> page(
            UUID workspaceId, @Nullable UUID before, @Nullable UUID who, @Nullable Boolean changed, int size) {
        var binds = new Binds();
        binds.add(workspaceId);
        var which = (who == null ? "" : " and coalesce(e.staff_id, e.api_key_id) = " + binds.add(who))
                + (changed == null ? "" : " and e.changed = " + binds.add(changed))
                + (before == null ? "" : " and e.id < " + binds.add(before));
        return lines(binds, which + " order by e.id desc limit " + binds.add(size))
                .collectList();
    }

    /** All of it, the oldest first, read in pages. */
    public Flux<Line> all(UUID workspaceId) {
        return after(workspaceId, null)
                .expand(page -> page.size() < BATCH
                        ? Mono.empty()
                        : after(workspaceId, page.getLast().entry().id()))
                .concatMapIterable(page -> page);
    }

    private Mono<List<Line>> after(UUID workspaceId, @Nullable UUID after) {
        var binds = new Binds();
        binds.add(workspaceId);
        var which = after == null ? "" : " and e.id > " + binds.add(after);
        return lines(binds, which + " order by e.id limit " + binds.add(BATCH)).collectList();
    }

    /** @param binds with the workspace as $1 */
    private Flux<Line> lines(Binds binds, String which) {
        return binds.statement(database, "select " + AuditEntry.COLUMNS + """
                         , coalesce(s.name, k.name) as name, l.position, l.hash
                        from audit_entry e
                        left join staff s on s.id = e.staff_id
                        left join api_key k on k.workspace_id = $1 and k.id = e.api_key_id
                        left join audit_link l on l.workspace_id = $1 and l.entry_id = e.id
                        where e.workspace_id = $1
                        """ + which)
                .map((Readable row) -> {
                    var hash = row.get("hash", byte[].class);
                    return new Line(
                            AuditEntry.read(row),
                            row.get("name", String.class),
                            row.get("position", Long.class),
                            hash == null ? null : HexFormat.of().formatHex(hash));
                })
                .all();
    }

    /** Puts what waits into the line of its workspace, each workspace in turn; whether there was any. */
    public Mono<Boolean> chain() {
        return database.sql("select distinct workspace_id from audit_waiting")
                .mapValue(UUID.class)
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(this::chain, 1)
                .reduce(0, Integer::sum)
                .map(linked -> linked > 0);
    }

    /** @param hash in hexadecimal */
    private record Head(long position, String hash) {}

    /** One process at a time for a workspace; a statement after the lock's sees all that the last holder has linked. */
    private Mono<Integer> chain(UUID workspaceId) {
        return transactions.run(database.sql(
                        "select pg_try_advisory_xact_lock(hashtextextended('audit ' || $1::text, 0))")
                .bind(0, workspaceId)
                .mapValue(Boolean.class)
                .one()
                .filter(locked -> locked)
                .flatMap(locked -> head(workspaceId))
                .flatMap(head -> waiting(workspaceId)
                        .flatMap(entries -> entries.isEmpty()
                                ? Mono.just(0)
                                : link(workspaceId, head, entries).thenReturn(entries.size())))
                .defaultIfEmpty(0));
    }

    private Mono<Head> head(UUID workspaceId) {
        return database.sql(
                        "select position, hash from audit_link where workspace_id = $1 order by position desc limit 1")
                .bind(0, workspaceId)
                .map((Readable row) -> new Head(
                        Columns.value(row, "position", Long.class),
                        HexFormat.of().formatHex(Columns.value(row, "hash", byte[].class))))
                .one()
                .defaultIfEmpty(new Head(0, HexFormat.of().formatHex(BEGINNING)));
    }

    private Mono<List<AuditEntry>> waiting(UUID workspaceId) {
        return database.sql(
                        "select " + AuditEntry.COLUMNS
                                + " from audit_waiting w join audit_entry e on e.workspace_id = $1 and e.id = w.entry_id where w.workspace_id = $1 order by e.id limit $2")
                .bind(0, workspaceId)
                .bind(1, BATCH)
                .map(AuditEntry::read)
                .all()
                .collectList();
    }

    private Mono<Void> link(UUID workspaceId, Head head, List<AuditEntry> entries) {
        var ids = new UUID[entries.size()];
        var hashes = new String[entries.size()];
        var before = HexFormat.of().parseHex(head.hash());
        for (int at = 0; at < ids.length; at++) {
            before = entries.get(at).hash(before);
            ids[at] = entries.get(at).id();
            hashes[at] = HexFormat.of().formatHex(before);
        }
        return database.sql("""
                        with linked as (
                            insert into audit_link (workspace_id, position, entry_id, hash)
                            select $1, $2 + n.nr, n.id, decode(n.hash, 'hex') from unnest($3::uuid[], $4::text[]) with ordinality n (id, hash, nr))
                        delete from audit_waiting where workspace_id = $1 and entry_id = any($3)
                        """)
                .bind(0, workspaceId)
                .bind(1, head.position())
                .bind(2, ids)
                .bind(3, hashes)
                .then();
    }
}
