package dev.afterword.db.insight;

import dev.afterword.db.Columns;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Transactions;
import io.r2dbc.pool.ConnectionPool;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Computes the roll-ups of due days again, from rows. Days are taken, replaced and given back in one transaction; nothing is ever incremented, so doing it
 * twice changes nothing.
 */
@Component
public class RollUp {
    /** Few enough that a transaction takes a second or so even where a day has thousands of answers. */
    private static final int DAYS = 5;

    private static final String DUE = "unnest($2::uuid[], $3::date[]) d (survey_id, day)";

    /**
     * One pass over the answers of all due days, each counted once in '' and once in every segment of its response. Each {@code offset 0} keeps the planner
     * from turning the statement round: it would read all answers there are (48 s instead of 3 s for 60 of 365 days with 300,000 answers).
     */
    private static final String ANSWERS = """
            insert into answer_rollup (workspace_id, survey_id, question_key, version_id, dimension, segment, day, n, counts)
            select $1, d.survey_id, a.question_key, r.version_id, s.dimension, s.segment, d.day, count(*), array[
                count(*) filter (where a.score = 0), count(*) filter (where a.score = 1), count(*) filter (where a.score = 2), count(*) filter (where a.score = 3),
                count(*) filter (where a.score = 4), count(*) filter (where a.score = 5), count(*) filter (where a.score = 6), count(*) filter (where a.score = 7),
                count(*) filter (where a.score = 8), count(*) filter (where a.score = 9), count(*) filter (where a.score = 10)]
            from workspace w cross join %s
            cross join lateral (
                select id, version_id, segments from response
                where workspace_id = $1 and survey_id = d.survey_id and confirmed_at is not null and discarded_at is null
                and answered_at >= (d.day::timestamp at time zone w.zone) and answered_at < ((d.day + 1)::timestamp at time zone w.zone) offset 0) r
            cross join lateral (
                select question_key, number::integer as score from answer
                where workspace_id = $1 and response_id = r.id and number between 0 and 10 and not hidden offset 0) a
            cross join lateral (
                select '' as dimension, '' as segment
                union all select e.key, v.value from jsonb_each(r.segments) e cross join lateral jsonb_array_elements_text(e.value) v) s
            where w.id = $1
            group by d.survey_id, a.question_key, r.version_id, s.dimension, s.segment, d.day
            """.formatted(DUE);

    private static final String INVITATIONS = """
            insert into invitation_rollup (workspace_id, survey_id, dimension, segment, day, accepted, answered)
            select $1, d.survey_id, s.dimension, s.segment, d.day, count(*), count(i.answered_at)
            from workspace w cross join %s
            cross join lateral (
                select answered_at, segments from invitation
                where workspace_id = $1 and survey_id = d.survey_id and accepted_at is not null
                and asked_at >= (d.day::timestamp at time zone w.zone) and asked_at < ((d.day + 1)::timestamp at time zone w.zone) offset 0) i
            cross join lateral (
                select '' as dimension, '' as segment
                union all select e.key, v.value from jsonb_each(i.segments) e cross join lateral jsonb_array_elements_text(e.value) v) s
            where w.id = $1
            group by d.survey_id, s.dimension, s.segment, d.day
            """.formatted(DUE);

    private static final String RESPONSES = """
            insert into response_rollup (workspace_id, survey_id, day, counted)
            select $1, d.survey_id, d.day, r.counted
            from workspace w cross join %s
            cross join lateral (
                select count(*) as counted from response
                where workspace_id = $1 and survey_id = d.survey_id and confirmed_at is not null and discarded_at is null
                and answered_at >= (d.day::timestamp at time zone w.zone) and answered_at < ((d.day + 1)::timestamp at time zone w.zone)) r
            where w.id = $1 and r.counted > 0
            """.formatted(DUE);

    private final DueDays dueDays;
    private final DatabaseTime time;
    private final DatabaseClient database;
    private final Transactions transactions;

    RollUp(DueDays dueDays, DatabaseTime time, @Qualifier("bulkConnections") ConnectionPool connections) {
        this.dueDays = dueDays;
        this.time = time;
        this.database = DatabaseClient.create(connections);
        this.transactions = new Transactions(connections);
    }

    /** One round: a batch of due days of every workspace that has some. True when there may be more. */
    public Mono<Boolean> compute() {
        return dueDays.workspaces().concatMap(this::batch, 1).reduce(false, (more, some) -> more || some);
    }

    /** Marks all days of a workspace, after a change of its zone or a restored table. */
    public Mono<Void> again(UUID workspaceId) {
        return time.now().flatMap(now -> dueDays.markAll(workspaceId, now));
    }

    private Mono<Boolean> batch(UUID workspaceId) {
        return transactions.run(DueDays.take(database, workspaceId, DAYS)
                .flatMap(days -> replace(workspaceId, days).thenReturn(days.size() == DAYS)));
    }

    private Mono<Void> replace(UUID workspaceId, List<DueDays.Day> days) {
        return days.isEmpty()
                ? Mono.empty()
                : clear("answer_rollup", workspaceId, days)
                        .then(run(ANSWERS, workspaceId, days))
                        .then(clear("invitation_rollup", workspaceId, days))
                        .then(run(INVITATIONS, workspaceId, days))
                        .then(clear("response_rollup", workspaceId, days))
                        .then(run(RESPONSES, workspaceId, days));
    }

    private Mono<Void> clear(String table, UUID workspaceId, List<DueDays.Day> days) {
        return run(
                "delete from " + table + " r using " + DUE
                        + " where r.workspace_id = $1 and r.survey_id = d.survey_id and r.day = d.day",
                workspaceId,
                days);
    }

    private Mono<Void> run(String sql, UUID workspaceId, List<DueDays.Day> days) {
        return database.sql(sql)
                .bind(0, workspaceId)
                .bind(1, Columns.array(days, UUID.class, DueDays.Day::surveyId))
                .bind(2, Columns.array(days, LocalDate.class, DueDays.Day::day))
                .then();
    }
}
