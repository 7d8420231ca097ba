package dev.afterword.db.insight;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The days, in a workspace's zone, whose roll-ups must be computed again. */
@Repository
class DueDays {
    /** Remembers on which day responses are counted from now on. */
    private static final String COUNT = """
            update response r set counted_on = (r.answered_at at time zone w.zone)::date
            from workspace w where w.id = $1 and r.workspace_id = $1 and r.counted_on is distinct from (r.answered_at at time zone w.zone)::date""";

    private final DatabaseClient database;

    DueDays(DatabaseClient database) {
        this.database = database;
    }

    record Day(UUID surveyId, LocalDate day) {}

    /**
     * Marks the days on which responses are and were counted, and remembers where they are now. A day that is due already is marked again all the same: that
     * holds its row until this commits, so that nobody takes the day away and counts it without these responses.
     */
    Mono<Void> markResponses(UUID workspaceId, Collection<UUID> ids, Instant now) {
        return database.sql("""
                        insert into rollup_due (workspace_id, survey_id, day, marked_at)
                        select distinct $1::uuid, r.survey_id, d.day, $3::timestamptz
                        from workspace w join response r on r.workspace_id = $1 and r.id = any($2)
                        cross join lateral (values (r.counted_on), ((r.answered_at at time zone w.zone)::date)) d (day)
                        where w.id = $1 and d.day is not null
                        on conflict (workspace_id, survey_id, day) do update set marked_at = excluded.marked_at
                        """)
                .bind(0, workspaceId)
                .bind(1, ids.toArray(UUID[]::new))
                .bind(2, now)
                .then()
                .then(database.sql(COUNT + " and r.id = any($2)")
                        .bind(0, workspaceId)
                        .bind(1, ids.toArray(UUID[]::new))
                        .then());
    }

    /** Marks the days on which invitations were asked, as far as a receiving server accepted them. */
    Mono<Void> markInvitations(UUID workspaceId, Collection<UUID> ids, Instant now) {
        return database.sql("""
                        insert into rollup_due (workspace_id, survey_id, day, marked_at)
                        select distinct $1::uuid, i.survey_id, (i.asked_at at time zone w.zone)::date, $3::timestamptz
                        from workspace w join invitation i on i.workspace_id = $1 and i.id = any($2)
                        where w.id = $1 and i.asked_at is not null and i.accepted_at is not null
                        on conflict (workspace_id, survey_id, day) do update set marked_at = excluded.marked_at
                        """)
                .bind(0, workspaceId)
                .bind(1, ids.toArray(UUID[]::new))
                .bind(2, now)
                .then();
    }

    /** Marks the days on which invitations of a survey were asked that have been answered, for surveys whose answers are told by no event. */
    Mono<Void> markAsked(Key survey, Instant now) {
        return database.sql("""
                        insert into rollup_due (workspace_id, survey_id, day, marked_at)
                        select distinct $1::uuid, i.survey_id, (i.asked_at at time zone w.zone)::date, $3::timestamptz
                        from workspace w join invitation i on i.workspace_id = $1 and i.survey_id = $2
                        where w.id = $1 and i.asked_at is not null and i.accepted_at is not null and i.answered_at is not null
                            and i.asked_at > $3::timestamptz - interval '60 days'
                        on conflict (workspace_id, survey_id, day) do update set marked_at = excluded.marked_at
                        """)
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .bind(2, now)
                .then();
    }

    /**
     * Marks every day of a workspace that has, or had, something to count. Where responses are counted is remembered anew, since that may be by another zone now:
     * one that changes later would be counted on its day of today for good. Before the days are marked, as those do who mark single responses.
     */
    Mono<Void> markAll(UUID workspaceId, Instant now) {
        return database.sql(COUNT).bind(0, workspaceId).then().then(markDays(workspaceId, now));
    }

    private Mono<Void> markDays(UUID workspaceId, Instant now) {
        return database.sql("""
                        insert into rollup_due (workspace_id, survey_id, day, marked_at)
                        select $1, d.survey_id, d.day, $2 from (
                            select r.survey_id, (r.answered_at at time zone w.zone)::date as day
                            from workspace w join response r on r.workspace_id = $1 where w.id = $1
                            union select i.survey_id, (i.asked_at at time zone w.zone)::date
                            from workspace w join invitation i on i.workspace_id = $1
                            where w.id = $1 and i.asked_at is not null and i.accepted_at is not null
                            union select survey_id, day from answer_rollup where workspace_id = $1
                            union select survey_id, day from invitation_rollup where workspace_id = $1) d
                        on conflict (workspace_id, survey_id, day) do update set marked_at = excluded.marked_at
                        """).bind(0, workspaceId).bind(1, now).then();
    }

    /** Workspaces with due days, without locking. */
    Flux<UUID> workspaces() {
        return database.sql("select distinct workspace_id from rollup_due")
                .mapValue(UUID.class)
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable);
    }

    /** Takes due days away, the oldest first: who marks one of them again meanwhile waits, and it will be due once more. */
    static Mono<List<Day>> take(DatabaseClient database, UUID workspaceId, int most) {
        return database.sql("""
                        delete from rollup_due where workspace_id = $1 and (survey_id, day) in (
                            select survey_id, day from rollup_due where workspace_id = $1 order by survey_id, day limit $2 for update skip locked)
                        returning survey_id, day
                        """)
                .bind(0, workspaceId)
                .bind(1, most)
                .map((Readable row) -> new Day(
                        Columns.value(row, "survey_id", UUID.class), Columns.value(row, "day", LocalDate.class)))
                .all()
                .collectList();
    }
}
