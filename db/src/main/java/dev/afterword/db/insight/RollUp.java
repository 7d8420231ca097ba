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
    private static final int DAYS = 60;

    private static final String DUE = "unnest($2::uuid[], $3::date[]) d (survey_id, day)";

    /** One pass over the answers of all due days, each counted once in '' and once in every segment of its response. */
    private static final String ANSWERS = """
            insert into answer_rollup (workspace_id, survey_id, question_key, version_id, dimension, segment, day, n, counts)
            select $1, r.survey_id, a.question_key, r.version_id, s.dimension, s.segment, r.day, count(*),
                array[count(*) filter (where a.number = 0), count(*) filter (where a.number = 1), count(*) filter (where a.number = 2),
                    count(*) filter (where a.number = 3), count(*) filter (where a.number = 4), count(*) filter (where a.number = 5),
                    count(*) filter (where a.number = 6), count(*) filter (where a.number = 7), count(*) filter (where a.number = 8),
                    count(*) filter (where a.number = 9), count(*) filter (where a.number = 10)]
            from (
                select d.survey_id, d.day, r.id, r.version_id, r.segments
                from workspace w cross join %s
                join response r on r.workspace_id = $1 and r.survey_id = d.survey_id
                    and r.answered_at >= (d.day::timestamp at time zone w.zone) and r.answered_at < ((d.day + 1)::timestamp at time zone w.zone)
                where w.id = $1 and r.confirmed_at is not null) r
            join answer a on a.workspace_id = $1 and a.response_id = r.id and a.number between 0 and 10 and a.number = trunc(a.number)
            cross join lateral (
                select '' as dimension, '' as segment
                union all select e.key, v.value from jsonb_each(r.segments) e cross join lateral jsonb_array_elements_text(e.value) v) s
            group by r.survey_id, a.question_key, r.version_id, s.dimension, s.segment, r.day
            """.formatted(DUE);

    private static final String INVITATIONS = """
            insert into invitation_rollup (workspace_id, survey_id, dimension, segment, day, accepted, answered)
            select $1, i.survey_id, s.dimension, s.segment, d.day, count(*), count(i.answered_at)
            from workspace w cross join %s
            join invitation i on i.workspace_id = $1 and i.survey_id = d.survey_id and i.accepted_at is not null
                and i.asked_at >= (d.day::timestamp at time zone w.zone) and i.asked_at < ((d.day + 1)::timestamp at time zone w.zone)
            cross join lateral (
                select '' as dimension, '' as segment
                union all select e.key, v.value from jsonb_each(i.segments) e cross join lateral jsonb_array_elements_text(e.value) v) s
            where w.id = $1
            group by i.survey_id, s.dimension, s.segment, d.day
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
                : run(
                                "delete from answer_rollup r using " + DUE
                                        + " where r.workspace_id = $1 and r.survey_id = d.survey_id and r.day = d.day",
                                workspaceId,
                                days)
                        .then(run(ANSWERS, workspaceId, days))
                        .then(run(
                                "delete from invitation_rollup r using " + DUE
                                        + " where r.workspace_id = $1 and r.survey_id = d.survey_id and r.day = d.day",
                                workspaceId,
                                days))
                        .then(run(INVITATIONS, workspaceId, days));
    }

    private Mono<Void> run(String sql, UUID workspaceId, List<DueDays.Day> days) {
        return database.sql(sql)
                .bind(0, workspaceId)
                .bind(1, Columns.array(days, UUID.class, DueDays.Day::surveyId))
                .bind(2, Columns.array(days, LocalDate.class, DueDays.Day::day))
                .then();
    }
}
