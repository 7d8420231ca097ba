package dev.afterword.db.followup;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.followup.Enrollments.Beginning;
import dev.afterword.db.followup.journey.Trigger;
import dev.afterword.db.workspace.Workspace;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Finds who would have begun a follow-up in a time that is over, whoever did. What time brings about is looked for as of its end; an audience is taken as it is then. */
@Repository
class PastBeginnings {
    private final DueByTime dueByTime;
    private final Segment segment;
    private final DatabaseClient database;

    PastBeginnings(DueByTime dueByTime, Segment segment, DatabaseClient database) {
        this.dueByTime = dueByTime;
        this.segment = segment;
        this.database = database;
    }

    Mono<List<Beginning>> of(FollowUp followUp, Workspace workspace, Instant from, Instant until) {
        var id = workspace.id();
        return switch (followUp.shown().trigger()) {
            case Trigger.OrderReaches reaches ->
                between(
                        """
                        select x.contact_id, x.id as order_id, null::uuid as response_id, x.at from (
                            select o.id, o.contact_id, %s as at from customer_order o where o.workspace_id = $1 and not o.test) x
                        where x.at >= $2 and x.at < $4 order by x.at desc limit $5
                        """.formatted(FindBeginnings.REACHED),
                        id,
                        from,
                        reaches.status().code(),
                        until);
            case Trigger.ResponseGiven given -> between("""
                        select r.contact_id, r.order_id, r.id as response_id, r.answered_at as at from response r
                        join survey s on s.workspace_id = $1 and s.id = r.survey_id and s.key = $3
                        where r.workspace_id = $1 and r.contact_id is not null and r.confirmed_at is not null and r.discarded_at is null
                        and r.answered_at >= $2 and r.answered_at < $4 order by r.answered_at desc limit $5
                        """, id, from, given.survey(), until);
            case Trigger.NoResponse none -> between("""
                        select x.* from (
                            select i.contact_id, i.order_id, null::uuid as response_id, i.accepted_at + make_interval(days => %d) as at, i.answered_at
                            from invitation i join survey s on s.workspace_id = $1 and s.id = i.survey_id and s.key = $3
                            where i.workspace_id = $1 and i.contact_id is not null) x
                        where x.at >= $2 and x.at < $4 and (x.answered_at is null or x.answered_at > x.at) order by x.at desc limit $5
                        """.formatted(none.days()), id, from, none.survey(), until);
            case Trigger.StageEntered entered -> between("""
                        select m.contact_id, null::uuid as order_id, null::uuid as response_id, m.at from ladder_move m
                        where m.workspace_id = $1 and m.to_stage = $3 and m.at >= $2 and m.at < $4 order by m.at desc limit $5
                        """, id, from, entered.stage(), until);
            case Trigger.CaseClosed closed ->
                between("""
                        select k.contact_id, k.order_id, k.response_id, k.closed_at as at from support_case k
                        where k.workspace_id = $1 and k.status = 'closed' and k.contact_id is not null and (k.kind = $3 or $3 = '')
                        and k.closed_at >= $2 and k.closed_at < $4 order by k.closed_at desc limit $5
                        """, id, from, Objects.requireNonNullElse(closed.kind(), ""), until);
            case Trigger.TopicChanged _ -> between("""
                        select r.contact_id, null::uuid as order_id, (array_agg(r.id order by r.answered_at desc))[1] as response_id, c.announced_at as at
                        %s where c.workspace_id = $1 and c.announced_at >= $2 and c.announced_at < $4 and $3 <> '' group by c.id, c.announced_at, r.contact_id order by 4 desc limit $5
                        """.formatted(AnnounceChange.WHO_SAID_IT), id, from, "all", until);
            case Trigger.AttributeDay _, Trigger.SinceLastOrder _ ->
                dueByTime
                        .of(followUp.shown().trigger(), followUp, workspace, until)
                        .map(all -> all.stream().limit(DryRun.MOST).toList());
            case Trigger.SegmentEntered _, Trigger.ByHand _ ->
                segment.everybody(followUp, followUp.shown(), "", until)
                        .map(all -> all.stream().limit(DryRun.MOST).toList());
        };
    }

    /** Until when journeys count as lived by whom it finds: until the time looked at begins, for what is looked for as of its end until then. */
    static Instant lived(Trigger trigger, Instant from, Instant until) {
        return switch (trigger) {
            case Trigger.OrderReaches _,
                    Trigger.ResponseGiven _,
                    Trigger.NoResponse _,
                    Trigger.StageEntered _,
                    Trigger.CaseClosed _,
                    Trigger.TopicChanged _ -> from;
            case Trigger.AttributeDay _, Trigger.SinceLastOrder _, Trigger.SegmentEntered _, Trigger.ByHand _ -> until;
        };
    }

    private Mono<List<Beginning>> between(
            String sql, UUID workspaceId, Instant from, @Nullable String what, Instant until) {
        return database.sql(sql)
                .bind(0, workspaceId)
                .bind(1, from)
                .bind(2, String.valueOf(what))
                .bind(3, until)
                .bind(4, DryRun.MOST)
                .map((Readable row) -> new Beginning(
                        value(row, "contact_id", UUID.class),
                        row.get("order_id", UUID.class),
                        row.get("response_id", UUID.class),
                        "",
                        value(row, "at", Instant.class),
                        false,
                        null))
                .all()
                .collectList();
    }
}
