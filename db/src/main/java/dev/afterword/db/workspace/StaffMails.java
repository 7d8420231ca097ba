package dev.afterword.db.workspace;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Mail to staff that waits for a worker. */
@Repository
public class StaffMails {
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final int ATTEMPTS = 8;

    private final DatabaseClient database;

    StaffMails(DatabaseClient database) {
        this.database = database;
    }

    /** @param workspaceId who invites; null for a forgotten password */
    Mono<Void> addLink(UUID linkId, UUID staffId, @Nullable UUID workspaceId, Instant now) {
        return database.sql("""
                        insert into staff_mail (id, staff_id, link_id, workspace_id, due_at, created_at) values ($1, $2, $3, $4, $5, $5)
                        """)
                .bind(0, Key.nextId())
                .bind(1, staffId)
                .bind(2, linkId)
                .bind(3, workspaceId == null ? Parameters.in(UUID.class) : workspaceId)
                .bind(4, now)
                .then();
    }

    /**
     * Asks for a follow-up's mail as a customer would get it, sent to a staff member only.
     *
     * @param step whose mail it is; null for its first question
     */
    public Mono<Void> addTest(Key followUp, @Nullable String step, UUID staffId, String language, Instant now) {
        return database.sql("""
                        insert into staff_mail (id, staff_id, workspace_id, follow_up_id, language, step, due_at, created_at) values ($1, $2, $3, $4, $5, $7, $6, $6)
                        """)
                .bind(0, Key.nextId())
                .bind(1, staffId)
                .bind(2, followUp.workspaceId())
                .bind(3, followUp.id())
                .bind(4, language)
                .bind(5, now)
                .bind(6, step == null ? Parameters.in(String.class) : step)
                .then();
    }

    /** The latest test mail of a workspace; empty where nobody ever asked for one. */
    public Mono<TestMail> latestTest(UUID workspaceId) {
        return database.sql("""
                        select m.created_at, m.sent_at, m.error from staff_mail m
                        where m.workspace_id = $1 and m.follow_up_id is not null order by m.created_at desc limit 1
                        """)
                .bind(0, workspaceId)
                .map((Readable row) -> new TestMail(
                        Columns.value(row, "created_at", Instant.class),
                        row.get("sent_at", Instant.class),
                        row.get("error", String.class)))
                .one();
    }

    /** Tells who has that mail address where they sign in with their company's account: a mail for each workspace that has a provider, unless one waits already. */
    public Mono<Void> addDoors(String email, Instant now) {
        return database.sql("""
                        select m.staff_id, m.workspace_id from staff s join membership m on m.staff_id = s.id
                        join sign_in_provider p on p.workspace_id = m.workspace_id and p.enabled_at is not null
                        where lower(s.email) = lower(trim($1)) and not exists (
                            select from staff_mail w where w.staff_id = m.staff_id and w.workspace_id = m.workspace_id and w.door and w.sent_at is null)
                        """)
                .bind(0, email)
                .map((Readable row) -> addDoor(
                        Columns.value(row, "staff_id", UUID.class),
                        Columns.value(row, "workspace_id", UUID.class),
                        now))
                .all()
                .collectList()
                .flatMap(Mono::when);
    }

    /** Tells somebody where they sign in to a workspace with their company's account. */
    Mono<Void> addDoor(UUID staffId, UUID workspaceId, Instant now) {
        return database.sql(
                        "insert into staff_mail (id, staff_id, workspace_id, door, due_at, created_at) values ($1, $2, $3, true, $4, $4)")
                .bind(0, Key.nextId())
                .bind(1, staffId)
                .bind(2, workspaceId)
                .bind(3, now)
                .then();
    }

    /** Claims mails that are due and whose link still works; what is claimed and not told about is due again two minutes later, up to eight times. */
    public Mono<List<StaffMail>> claim(int limit, Instant now) {
        return database.sql("""
                        with due as (
                            select m.id from staff_mail m left join one_time_link l on l.id = m.link_id
                            where m.sent_at is null and m.due_at <= $1 and m.attempt < $2
                            and (m.link_id is null or l.used_at is null and l.expires_at > $1)
                            order by m.due_at limit $3 for update of m skip locked),
                        claimed as (
                            update staff_mail m set due_at = $4, attempt = m.attempt + 1 from due where m.id = due.id
                            returning m.id, m.staff_id, m.link_id, m.workspace_id, m.follow_up_id, m.language, m.step, m.notices, m.door)
                        select c.id, c.link_id, l.purpose, c.workspace_id, c.follow_up_id, c.language, c.step, c.notices, c.door, s.name, s.email, w.name as workspace, w.code,
                            s.password_hash is null
                                and not exists (select from provider_account a where a.workspace_id = c.workspace_id and a.staff_id = c.staff_id) as invited
                        from claimed c
                        join staff s on s.id = c.staff_id
                        left join one_time_link l on l.id = c.link_id
                        left join workspace w on w.id = c.workspace_id
                        """)
                .bind(0, now)
                .bind(1, ATTEMPTS)
                .bind(2, limit)
                .bind(3, now.plus(LEASE))
                .map((Readable row) -> new StaffMail(
                        Columns.value(row, "id", UUID.class),
                        Columns.value(row, "name", String.class),
                        Columns.value(row, "email", String.class),
                        row.get("workspace", String.class),
                        content(row)))
                .all()
                .collectList();
    }

    private static StaffMail.Content content(Readable row) {
        var link = row.get("link_id", UUID.class);
        if (Columns.value(row, "notices", Boolean.class)) {
            return new StaffMail.Notices(Columns.value(row, "workspace_id", UUID.class));
        }
        if (Columns.value(row, "door", Boolean.class)) {
            return new StaffMail.Door(
                    Columns.value(row, "code", String.class), Columns.value(row, "invited", Boolean.class));
        }
        return link == null
                ? new StaffMail.Test(
                        new Key(
                                Columns.value(row, "workspace_id", UUID.class),
                                Columns.value(row, "follow_up_id", UUID.class)),
                        row.get("step", String.class),
                        Columns.value(row, "language", String.class))
                : new StaffMail.Link(link, OneTimeLinks.Purpose.of(Columns.value(row, "purpose", String.class)));
    }

    public Mono<Void> sent(UUID id, Instant now) {
        return database.sql("update staff_mail set sent_at = $2, error = null where id = $1")
                .bind(0, id)
                .bind(1, now)
                .then();
    }

    public Mono<Void> failed(UUID id, String error) {
        return database.sql("update staff_mail set error = $2 where id = $1")
                .bind(0, id)
                .bind(1, error.substring(0, Math.min(error.length(), 500)))
                .then();
    }
}
