package dev.afterword.db.insight;

import static dev.afterword.db.Columns.value;

import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;

/** What mail goes out, went out, and did not. */
@Repository
public class GoingOut {
    /** A send is planned at most so long before it is decided; ids are ordered by time, so older ones need not be read and no index is kept for this. */
    private static final Duration LONGEST_PLANNED = Duration.ofDays(60);

    private final DatabaseClient database;

    GoingOut(DatabaseClient database) {
        this.database = database;
    }

    /** Mails planned for a day in the workspace's zone. */
    public record Planned(LocalDate day, long asks, long reminders) {
        public long sends() {
            return asks + reminders;
        }
    }

    /** What became of mails: the state, for skipped ones the reason, and how many. */
    public record Outcome(String state, String reason, long sends) {}

    /** Planned mails by the day they are due; those overdue stand under the day they were due. */
    public Flux<Planned> planned(UUID workspaceId, ZoneId zone, Instant until) {
        return database.sql("""
                        select (s.due_at at time zone $2)::date as day, count(*) filter (where s.kind = 'ask') as asks, count(*) filter (where s.kind = 'remind') as reminders
                        from send s where s.workspace_id = $1 and s.lease_until is null and s.finished_at is null and s.due_at < $3
                        group by day order by day
                        """)
                .bind(0, workspaceId)
                .bind(1, zone.getId())
                .bind(2, until)
                .map((Readable row) -> new Planned(
                        value(row, "day", LocalDate.class),
                        value(row, "asks", Long.class),
                        value(row, "reminders", Long.class)))
                .all();
    }

    /** What became of the mails that were decided since then, the most frequent first. */
    public Flux<Outcome> decided(UUID workspaceId, Instant since) {
        return database.sql("""
                        select s.state, coalesce(s.skip_reason, '') as reason, count(*) as sends
                        from send s where s.workspace_id = $1 and s.id >= $3 and s.state in ('accepted', 'rejected', 'failed', 'unknown', 'skipped')
                            and coalesce(s.finished_at, s.created_at) >= $2
                        group by s.state, reason order by sends desc, s.state, reason
                        """)
                .bind(0, workspaceId)
                .bind(1, since)
                .bind(2, earliestId(since.minus(LONGEST_PLANNED)))
                .map((Readable row) -> new Outcome(
                        value(row, "state", String.class),
                        value(row, "reason", String.class),
                        value(row, "sends", Long.class)))
                .all();
    }

    private static UUID earliestId(Instant at) {
        return new UUID(at.toEpochMilli() << 16, 0);
    }
}
