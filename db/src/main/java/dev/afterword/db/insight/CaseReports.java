package dev.afterword.db.insight;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.inbox.RootCause;
import dev.afterword.db.insight.CaseReport.Cause;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads how support did: two statements, whatever the number of cases. */
@Component
public class CaseReports {
    private static final int MOST_CAUSES = 50;

    private final DatabaseClient database;
    private final Clock clock;

    CaseReports(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Of the cases that came in during the last days. */
    public Mono<CaseReport> of(UUID workspaceId, int days) {
        var now = clock.instant();
        var since = now.minus(Duration.ofDays(days));
        return causes(workspaceId, since).flatMap(causes -> figures(workspaceId, since, now, causes));
    }

    private Mono<CaseReport> figures(UUID workspaceId, Instant since, Instant now, List<Cause> causes) {
        return database.sql("""
                        select count(*) as opened,
                            count(*) filter (where k.first_due_at <= $3 or (k.first_answered_at is not null and k.first_due_at is not null)) as promised,
                            count(*) filter (where k.first_answered_at <= k.first_due_at) as in_time,
                            count(k.first_answered_at) as answered,
                            extract(epoch from percentile_disc(0.5) within group (order by k.first_answered_at - k.opened_at) filter (where k.first_answered_at is not null))::bigint as first_answer,
                            count(*) filter (where k.status = 'closed') as solved,
                            extract(epoch from percentile_disc(0.5) within group (order by k.closed_at - k.opened_at) filter (where k.status = 'closed'))::bigint as solution,
                            count(*) filter (where k.status = 'closed' and k.contact_id is not null) as known,
                            count(*) filter (where k.status = 'closed' and exists (
                                select from customer_order o where o.workspace_id = $1 and o.contact_id = k.contact_id and o.placed_at > k.closed_at
                                and not o.test and o.status not in ('cancelled', 'refunded'))) as bought
                        from support_case k
                        where k.workspace_id = $1 and k.opened_at >= $2 and k.opened_at <= $3 and k.status not in ('spam', 'merged')
                        """)
                .bind(0, workspaceId)
                .bind(1, since)
                .bind(2, now)
                .map((Readable row) -> new CaseReport(
                        value(row, "opened", Long.class),
                        value(row, "promised", Long.class),
                        value(row, "in_time", Long.class),
                        value(row, "answered", Long.class),
                        seconds(row, "first_answer"),
                        value(row, "solved", Long.class),
                        seconds(row, "solution"),
                        value(row, "known", Long.class),
                        value(row, "bought", Long.class),
                        causes))
                .one();
    }

    private static @Nullable Duration seconds(Readable row, String column) {
        var seconds = row.get(column, Long.class);
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    private Mono<List<Cause>> causes(UUID workspaceId, Instant since) {
        return database.sql("""
                        select k.root_cause, lower(k.topic) as topic, count(*) as cases from support_case k
                        where k.workspace_id = $1 and k.opened_at >= $2 and k.status = 'closed' and k.root_cause is not null and k.topic is not null
                        group by 1, 2 order by 3 desc, 1, 2 limit $3
                        """)
                .bind(0, workspaceId)
                .bind(1, since)
                .bind(2, MOST_CAUSES)
                .map((Readable row) -> new Cause(
                        RootCause.of(value(row, "root_cause", String.class)),
                        value(row, "topic", String.class),
                        value(row, "cases", Long.class)))
                .all()
                .collectList();
    }
}
