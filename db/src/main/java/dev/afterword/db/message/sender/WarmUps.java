package dev.afterword.db.message.sender;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.contact.Address;
import dev.afterword.db.message.sender.WarmUp.Day;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The domains that send little at first. */
@Repository
public class WarmUps {
    /** A warm-up takes less, and mails are planned at most so long before they go out; ids grow with the time at which they are planned. */
    private static final Duration LOOKED_AT = Duration.ofDays(120);

    private final Workspaces workspaces;
    private final DatabaseClient database;

    WarmUps(Workspaces workspaces, DatabaseClient database) {
        this.workspaces = workspaces;
        this.database = database;
    }

    /**
     * What a domain may still send today.
     *
     * @param left below nothing when more went out than allowed
     * @param tomorrow when the next day begins
     */
    public record Room(long cap, long left, Instant tomorrow) {}

    /** Begins today, anew if it was begun before. */
    public Mono<Void> start(Workspace workspace, String domain, Instant now) {
        return database.sql("""
                        insert into warm_up (workspace_id, domain, first_day, first_cap, growth) values ($1, $2, $3, $4, $5)
                        on conflict (workspace_id, domain) do update set first_day = excluded.first_day, first_cap = excluded.first_cap, growth = excluded.growth
                        """)
                .bind(0, workspace.id())
                .bind(1, Address.domain(domain))
                .bind(2, now.atZone(workspace.zone()).toLocalDate())
                .bind(3, WarmUp.FIRST_CAP)
                .bind(4, WarmUp.GROWTH)
                .then();
    }

    public Mono<Void> end(UUID workspaceId, String domain) {
        return database.sql("delete from warm_up where workspace_id = $1 and domain = any($2)")
                .bind(0, workspaceId)
                .bind(1, spellings(domain))
                .then();
    }

    /** Empty for a domain that may send as it likes. */
    public Mono<Room> room(UUID workspaceId, String domain, Instant now) {
        return database.sql("""
                        select first_day, first_cap, growth from warm_up where workspace_id = $1 and domain = any($2) order by domain = $3 desc limit 1
                        """)
                .bind(0, workspaceId)
                .bind(1, spellings(domain))
                .bind(2, Address.domain(domain))
                .map((Readable row) -> new WarmUp(
                        value(row, "first_day", LocalDate.class),
                        value(row, "first_cap", Integer.class),
                        value(row, "growth", Double.class)))
                .one()
                .flatMap(plan -> workspaces.findById(workspaceId).flatMap(workspace -> room(workspace, plan, now)));
    }

    /** Domains are kept in ASCII; some were once kept as they had been typed. */
    private static String[] spellings(String domain) {
        return Address.spellings(domain).toArray(String[]::new);
    }

    private Mono<Room> room(Workspace workspace, WarmUp plan, Instant now) {
        var today = now.atZone(workspace.zone()).toLocalDate();
        return days(workspace, now).flatMap(days -> {
            var cap = plan.cap(today, days);
            if (cap.isEmpty()) {
                return Mono.empty();
            }
            long sent = days.stream()
                    .filter(day -> day.date().equals(today))
                    .mapToLong(Day::sent)
                    .sum();
            return Mono.just(new Room(
                    cap.getAsLong(),
                    cap.getAsLong() - sent,
                    today.plusDays(1).atStartOfDay(workspace.zone()).toInstant()));
        });
    }

    private Mono<List<Day>> days(Workspace workspace, Instant now) {
        return database.sql("""
                        select (s.submitted_at at time zone $3)::date as day, count(*) as sent, count(*) filter (where s.attempt > 1) as deferred,
                            count(*) filter (where b.bounced) as bounced, count(*) filter (where b.reported) as reported
                        from send s
                        left join (
                            select send_id, bool_or(kind in ('hard', 'soft', 'policy')) as bounced, bool_or(kind = 'spam-report') as reported
                            from bounce where workspace_id = $1 group by send_id) b on b.send_id = s.id
                        where s.workspace_id = $1 and s.id >= $2 and s.submitted_at is not null and s.state in ('submitting', 'accepted', 'rejected', 'unknown')
                        group by 1
                        """)
                .bind(0, workspace.id())
                .bind(1, new UUID(now.minus(LOOKED_AT).toEpochMilli() << 16 | 0x7000, 0x8000000000000000L))
                .bind(2, workspace.zone().getId())
                .map((Readable row) -> new Day(
                        value(row, "day", LocalDate.class),
                        value(row, "sent", Long.class),
                        value(row, "bounced", Long.class),
                        value(row, "reported", Long.class),
                        value(row, "deferred", Long.class)))
                .all()
                .collectList();
    }
}
