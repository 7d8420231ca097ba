package dev.afterword.db.workspace;

import dev.afterword.db.Columns;
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
    Mono<Void> add(UUID linkId, @Nullable UUID workspaceId, Instant now) {
        return database.sql(
                        "insert into staff_mail (link_id, workspace_id, due_at, created_at) values ($1, $2, $3, $3)")
                .bind(0, linkId)
                .bind(1, workspaceId == null ? Parameters.in(UUID.class) : workspaceId)
                .bind(2, now)
                .then();
    }

    /** Claims mails that are due, of links that still work; what is claimed and not told about is due again two minutes later, up to eight times. */
    public Mono<List<StaffMail>> claim(int limit, Instant now) {
        return database.sql("""
                        with due as (
                            select m.link_id from staff_mail m join one_time_link l on l.id = m.link_id
                            where m.sent_at is null and m.due_at <= $1 and m.attempt < $2 and l.used_at is null and l.expires_at > $1
                            order by m.due_at limit $3 for update of m skip locked),
                        claimed as (
                            update staff_mail m set due_at = $4, attempt = m.attempt + 1 from due where m.link_id = due.link_id
                            returning m.link_id, m.workspace_id, m.attempt)
                        select c.link_id, c.attempt, l.purpose, s.name, s.email, w.name as workspace
                        from claimed c
                        join one_time_link l on l.id = c.link_id
                        join staff s on s.id = l.staff_id
                        left join workspace w on w.id = c.workspace_id
                        """)
                .bind(0, now)
                .bind(1, ATTEMPTS)
                .bind(2, limit)
                .bind(3, now.plus(LEASE))
                .map((Readable row) -> new StaffMail(
                        Columns.value(row, "link_id", UUID.class),
                        OneTimeLinks.Purpose.of(Columns.value(row, "purpose", String.class)),
                        Columns.value(row, "name", String.class),
                        Columns.value(row, "email", String.class),
                        row.get("workspace", String.class)))
                .all()
                .collectList();
    }

    public Mono<Void> sent(UUID linkId, Instant now) {
        return database.sql("update staff_mail set sent_at = $2, error = null where link_id = $1")
                .bind(0, linkId)
                .bind(1, now)
                .then();
    }

    public Mono<Void> failed(UUID linkId, String error) {
        return database.sql("update staff_mail set error = $2 where link_id = $1")
                .bind(0, linkId)
                .bind(1, error.substring(0, Math.min(error.length(), 500)))
                .then();
    }
}
