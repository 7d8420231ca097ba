package dev.afterword.db.workspace;

import dev.afterword.db.Columns;
import dev.afterword.db.Transactions;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** All sessions of the installation; in the database, so that every web process knows them. */
@Repository
public class Sessions {
    /** How far the time of the last request may lag, so that not every request writes. */
    private static final Duration COARSE = Duration.ofMinutes(1);

    private static final String LIVE = "created_at > $2 and last_seen_at > $3";

    private final DatabaseClient database;

    Sessions(DatabaseClient database) {
        this.database = database;
    }

    /** Begins a session and gives the id for the cookie; sessions that have run out are cleared on the way. */
    public Mono<String> open(UUID staffId, Instant now) {
        return open(staffId, now, "");
    }

    /** The same, on a device of that name. */
    public Mono<String> open(UUID staffId, Instant now, String device) {
        return open(null, staffId, now, device, now);
    }

    /**
     * The same for whom a workspace's provider vouches: it opens that workspace alone.
     *
     * @param freshAt when they last proved to the provider who they are
     */
    public Mono<String> openBy(UUID workspaceId, UUID staffId, Instant now, String device, Instant freshAt) {
        return open(workspaceId, staffId, now, device, freshAt);
    }

    private Mono<String> open(@Nullable UUID workspaceId, UUID staffId, Instant now, String device, Instant freshAt) {
        var id = Base32.random(52);
        return database.sql("delete from session where created_at <= $1 or last_seen_at <= $2")
                .bind(0, now.minus(Session.IN_ALL))
                .bind(1, now.minus(Session.IDLE))
                .then()
                .then(database.sql(
                                "insert into session (id_hash, staff_id, csrf_token, created_at, last_seen_at, fresh_at, device, workspace_id) values ($1, $2, $3, $4, $4, $6, $5, $7)")
                        .bind(0, sha256(id))
                        .bind(1, staffId)
                        .bind(2, Base32.random(32))
                        .bind(3, now)
                        .bind(4, device)
                        .bind(5, freshAt)
                        .bind(6, orNull(workspaceId))
                        .then())
                .thenReturn(id);
    }

    /** The session of a cookie, marked as seen now; empty when it has ended or never was. Runs to its end even when the browser has gone on. */
    public Mono<Session> find(String id, Instant now) {
        return Transactions.apart(look(id, now));
    }

    private Mono<Session> look(String id, Instant now) {
        return database.sql("""
                        select encode(s.id_hash, 'hex') as hash, s.staff_id, p.name, p.email, s.device, s.csrf_token, s.created_at, s.last_seen_at, coalesce(s.fresh_at, s.created_at) as fresh_at, s.workspace_id
                        from session s join staff p on p.id = s.staff_id
                        where s.id_hash = $1 and s.created_at > $2 and s.last_seen_at > $3
                        """)
                .bind(0, sha256(id))
                .bind(1, now.minus(Session.IN_ALL))
                .bind(2, now.minus(Session.IDLE))
                .map((Readable row) -> new Session(
                        Columns.value(row, "hash", String.class),
                        Columns.value(row, "staff_id", UUID.class),
                        Columns.value(row, "name", String.class),
                        Columns.value(row, "email", String.class),
                        Columns.value(row, "device", String.class),
                        Columns.value(row, "csrf_token", String.class),
                        Columns.value(row, "created_at", Instant.class),
                        Columns.value(row, "last_seen_at", Instant.class),
                        Columns.value(row, "fresh_at", Instant.class),
                        row.get("workspace_id", UUID.class)))
                .one()
                .flatMap(session -> session.lastSeenAt().isAfter(now.minus(COARSE))
                        ? Mono.just(session)
                        : seen(session, now).thenReturn(session));
    }

    /** A page makes many requests at once: one of them marks the session, and none waits for another. */
    private Mono<Void> seen(Session session, Instant now) {
        return database.sql("""
                        update session set last_seen_at = $2
                        where id_hash in (select id_hash from session where id_hash = $1 and last_seen_at < $2 for update skip locked)
                        """)
                .bind(0, HexFormat.of().parseHex(session.hash()))
                .bind(1, now)
                .then();
    }

    /** Which of these sessions, by hash, are still going; one statement for all event streams of a process. */
    public Mono<Set<String>> live(Collection<String> hashes, Instant now) {
        if (hashes.isEmpty()) {
            return Mono.just(Set.of());
        }
        return database.sql(
                        "select encode(id_hash, 'hex') as hash from session where encode(id_hash, 'hex') = any($1) and "
                                + LIVE)
                .bind(0, hashes.toArray(String[]::new))
                .bind(1, now.minus(Session.IN_ALL))
                .bind(2, now.minus(Session.IDLE))
                .mapValue(String.class)
                .all()
                .collect(HashSet::new, Set::add);
    }

    public Mono<Void> end(String hash) {
        return database.sql("delete from session where id_hash = $1")
                .bind(0, HexFormat.of().parseHex(hash))
                .then();
    }

    /** A session as its owner sees it in a list. */
    public record Listed(String hash, String device, Instant createdAt, Instant lastSeenAt) {}

    /** Where somebody is signed in, the latest used first; for whom a workspace's provider vouches only where it did. */
    public Mono<List<Listed>> of(Session session, Instant now) {
        return database.sql("""
                        select encode(id_hash, 'hex') as hash, device, created_at, last_seen_at from session
                        where staff_id = $1 and created_at > $2 and last_seen_at > $3 and ($4::uuid is null or workspace_id = $4) order by last_seen_at desc, id_hash limit 200
                        """)
                .bind(0, session.staffId())
                .bind(1, now.minus(Session.IN_ALL))
                .bind(2, now.minus(Session.IDLE))
                .bind(3, orNull(session.workspaceId()))
                .map((Readable row) -> new Listed(
                        Columns.value(row, "hash", String.class),
                        Columns.value(row, "device", String.class),
                        Columns.value(row, "created_at", Instant.class),
                        Columns.value(row, "last_seen_at", Instant.class)))
                .all()
                .collectList();
    }

    /** Ends one of those that they see; one that has ended already stays so. */
    public Mono<Void> end(Session session, String hash) {
        return database.sql(
                        "delete from session where staff_id = $1 and encode(id_hash, 'hex') = $2 and ($3::uuid is null or workspace_id = $3)")
                .bind(0, session.staffId())
                .bind(1, hash)
                .bind(2, orNull(session.workspaceId()))
                .then();
    }

    /** Ends all of those that they see but this one. */
    public Mono<Void> endOthers(Session session) {
        return database.sql(
                        "delete from session where staff_id = $1 and encode(id_hash, 'hex') <> $2 and ($3::uuid is null or workspace_id = $3)")
                .bind(0, session.staffId())
                .bind(1, session.hash())
                .bind(2, orNull(session.workspaceId()))
                .then();
    }

    /** They have just proved who they are. */
    public Mono<Void> refresh(Session session, Instant now) {
        return database.sql("update session set fresh_at = $2 where id_hash = $1")
                .bind(0, HexFormat.of().parseHex(session.hash()))
                .bind(1, now)
                .then();
    }

    /** Ends every session of somebody: after a new password, another role, or leaving a workspace. */
    public Mono<Void> endAllOf(UUID staffId) {
        return database.sql("delete from session where staff_id = $1")
                .bind(0, staffId)
                .then();
    }

    /** Ends those of everybody with a role of the workspace's own: what it may do has changed. */
    public Mono<Void> endAllWith(UUID workspaceId, UUID customRoleId) {
        return database.sql("""
                        delete from session where staff_id in (
                            select staff_id from membership where workspace_id = $1 and custom_role_id = $2)
                        """).bind(0, workspaceId).bind(1, customRoleId).then();
    }

    /** Ends all that a workspace's provider has vouched for. */
    public Mono<Void> endAllBy(UUID workspaceId) {
        return database.sql("delete from session where workspace_id = $1")
                .bind(0, workspaceId)
                .then();
    }

    /** The same, of one person. */
    public Mono<Void> endAllBy(UUID workspaceId, UUID staffId) {
        return database.sql("delete from session where workspace_id = $1 and staff_id = $2")
                .bind(0, workspaceId)
                .bind(1, staffId)
                .then();
    }

    private static Object orNull(@Nullable UUID id) {
        return id == null ? Parameters.in(UUID.class) : id;
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
