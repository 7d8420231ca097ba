package dev.afterword.db.followup;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.followup.Enrollments.Beginning;
import dev.afterword.db.followup.journey.Trigger;
import dev.afterword.db.workspace.Workspace;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Finds whom time brings to the beginning of a follow-up. Whose moment was more than seven days ago is left alone, so that switching one on is never a wave of mail. */
@Repository
class DueByTime {
    private static final int LATEST_DAYS = 7;

    /** What a day begins a follow-up once for: in year {@code $7} where it is yearly, as {@code $8} says, else the date that stands there. */
    private static final String ONCE_FOR =
            "c.id || '/' || case when $8 then $7 else substring(c.attributes ->> $3 for 10) end";

    private final DatabaseClient database;

    DueByTime(DatabaseClient database) {
        this.database = database;
    }

    /** All who have not begun for the same reason before, whether the audience holds of them or not: of the last seven days, so there is an end to them. */
    Mono<List<Beginning>> of(Trigger trigger, FollowUp followUp, Workspace workspace, Instant now) {
        return switch (trigger) {
            case Trigger.NoResponse none -> unanswered(none, followUp, now);
            case Trigger.AttributeDay day -> onDay(day, followUp, workspace, now);
            case Trigger.SinceLastOrder since -> quiet(since, followUp, now);
            case Trigger.OrderReaches _,
                    Trigger.ResponseGiven _,
                    Trigger.StageEntered _,
                    Trigger.CaseClosed _,
                    Trigger.TopicChanged _,
                    Trigger.SegmentEntered _,
                    Trigger.ByHand _ -> Mono.just(List.of());
        };
    }

    private Mono<List<Beginning>> unanswered(Trigger.NoResponse none, FollowUp followUp, Instant now) {
        return beginnings(database.sql("""
                        select i.contact_id, i.order_id, i.id::text as occurrence, i.accepted_at + make_interval(days => $4) as at
                        from invitation i join survey s on s.workspace_id = $1 and s.id = i.survey_id and s.key = $3
                        where i.workspace_id = $1 and i.contact_id is not null and i.answered_at is null
                        and i.accepted_at <= $5::timestamptz - make_interval(days => $4) and i.accepted_at > $5::timestamptz - make_interval(days => $4 + $6)
                        and not exists (select from enrollment e where e.workspace_id = $1 and e.follow_up_id = $2 and e.occurrence = i.id::text)
                        order by i.accepted_at, i.id
                        """).bind(2, none.survey()).bind(3, none.days()), followUp, now);
    }

    /**
     * In the workspace's zone; somebody born on 29 February is met on 1 March in other years. A day that comes back is met once a year, another once for each date
     * that stands there, as an appointment moves on; those who began for the year, as everybody once did, are not met for the same date again.
     */
    private Mono<List<Beginning>> onDay(Trigger.AttributeDay day, FollowUp followUp, Workspace workspace, Instant now) {
        var today = now.atZone(workspace.zone()).toLocalDate();
        var days = Stream.iterate(0, back -> back <= LATEST_DAYS, back -> back + 1)
                .map(back -> today.minusDays(back).minusDays(day.days()))
                .flatMap(date -> words(date, day.yearly()))
                .toArray(String[]::new);
        return beginnings(
                database.sql("""
                        select c.id as contact_id, null::uuid as order_id, %1$s as occurrence, $5::timestamptz as at
                        from contact c
                        where c.workspace_id = $1 and substring(c.attributes ->> $3 from case when $8 then 6 else 1 end for case when $8 then 5 else 10 end) = any($4)
                        and not exists (select from enrollment e where e.workspace_id = $1 and e.follow_up_id = $2 and e.contact_id = c.id
                            and (e.occurrence = %1$s or (e.occurrence = c.id || '/' || $7 and e.begun_at > $5::timestamptz - make_interval(days => $6 + 1))
                            or ($8 and e.begun_at > $5::timestamptz - make_interval(days => $6 * 20))))
                        order by c.id
                        """.formatted(ONCE_FOR))
                        .bind(2, day.attribute())
                        .bind(3, days)
                        .bind(6, String.valueOf(today.getYear()))
                        .bind(7, day.yearly()),
                followUp,
                now);
    }

    private static Stream<String> words(LocalDate date, boolean yearly) {
        if (!yearly) {
            return Stream.of(date.toString());
        }
        var word = date.toString().substring(5);
        return word.equals("03-01") && !Year.isLeap(date.getYear()) ? Stream.of(word, "02-29") : Stream.of(word);
    }

    /** The customer's own rhythm is the middle one of the times between their orders. */
    private Mono<List<Beginning>> quiet(Trigger.SinceLastOrder since, FollowUp followUp, Instant now) {
        var rhythm = since.rhythm();
        return beginnings(
                database.sql("""
                        with latest as (
                            select o.contact_id, o.id, o.placed_at,
                                row_number() over (partition by o.contact_id order by o.placed_at desc, o.id desc) as n,
                                o.placed_at - lag(o.placed_at) over (partition by o.contact_id order by o.placed_at, o.id) as gap
                            from customer_order o where o.workspace_id = $1 and not o.test and o.status not in ('cancelled', 'refunded')
                        ), waited as (
                            select l.contact_id, max(l.id::text) filter (where l.n = 1) as order_id, max(l.placed_at) as placed_at,
                                case when $4 > 0 and count(l.gap) > 0
                                    then $4 * percentile_cont(0.5) within group (order by extract(epoch from l.gap)) else $3 * 86400.0 end as seconds
                            from latest l group by l.contact_id
                        )
                        select w.contact_id, null::uuid as order_id, w.order_id as occurrence, w.placed_at + make_interval(secs => w.seconds) as at from waited w
                        where w.placed_at + make_interval(secs => w.seconds) <= $5 and w.placed_at + make_interval(secs => w.seconds, days => $6) > $5
                        and not exists (select from enrollment e where e.workspace_id = $1 and e.follow_up_id = $2 and e.occurrence = w.order_id)
                        order by at, w.contact_id
                        """).bind(2, since.days()).bind(3, rhythm == null ? 0.0 : rhythm), followUp, now);
    }

    private static Mono<List<Beginning>> beginnings(
            DatabaseClient.GenericExecuteSpec statement, FollowUp followUp, Instant now) {
        return statement
                .bind(0, followUp.key().workspaceId())
                .bind(1, followUp.key().id())
                .bind(4, now)
                .bind(5, LATEST_DAYS)
                .map((Readable row) -> new Beginning(
                        value(row, "contact_id", UUID.class),
                        row.get("order_id", UUID.class),
                        null,
                        value(row, "occurrence", String.class),
                        value(row, "at", Instant.class),
                        false,
                        null))
                .all()
                .collectList();
    }
}
