package dev.afterword.db.followup;

import dev.afterword.db.Transactions;
import dev.afterword.db.message.PlanSend;
import java.util.Collection;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Computes from rows what became of journeys, all that are touched in one statement; nothing is ever incremented, so doing it twice changes nothing. */
@Component
class KeepOutcomes {
    /**
     * {@code $1} the workspace, {@code $2} the enrollments, {@code $3} the days between the intended moment of a message and its end. What is left out is what was
     * decided before anybody looked whether the person is in the group that is not written to: so it is left out of both.
     */
    private static final String SQL = """
            with journey as (
                select e.id, e.follow_up_id, e.contact_id, e.order_id, e.held_by, t.since, t.since + make_interval(days => g.within_days) as until, g.reach, g.survey_key,
                    (select coalesce(jsonb_object_agg(p.key, p.value ->> 'way'), '{}') from jsonb_each(e.passed) p where p.key = any(g.splits) and p.value ->> 'way' is not null) as arms
                from enrollment e
                join follow_up_goal g on g.workspace_id = $1 and g.follow_up_id = e.follow_up_id
                left join customer_order o on o.workspace_id = $1 and o.id = e.order_id
                cross join lateral (
                    select least(min(s.not_after) - make_interval(days => $3),
                            (select min((p.value ->> 'at')::timestamptz) from jsonb_each(e.passed) p where p.key = any(g.splits))) as since,
                        (array_agg(s.skip_reason order by s.not_after, s.id))[1] as reason
                    from send s where s.workspace_id = $1 and s.enrollment_id = e.id) t
                where e.workspace_id = $1 and e.id = any($2) and not e.imported and not coalesce(o.test, false) and t.since is not null
                and coalesce(t.reason, '') not in ('imported', 'test-order', 'channel-not-asked', 'follow-up-off', 'was-off')
            ), gone as (
                delete from outcome x where x.workspace_id = $1 and x.enrollment_id = any($2) and x.enrollment_id not in (select j.id from journey j)
            )
            insert into outcome as x (workspace_id, enrollment_id, follow_up_id, contact_id, held_by, since, until, arms, reached_at, orders, amount, currency)
            select $1, j.id, j.follow_up_id, j.contact_id, j.held_by, j.since, j.until, j.arms,
                case j.reach when 'answer' then least(a.at, i.at) when 'solved' then k.at else f.placed_at end, b.orders, b.amount, f.total_currency
            from journey j
            left join lateral (
                select o.placed_at, o.total_currency from customer_order o
                where o.workspace_id = $1 and o.contact_id = j.contact_id and o.placed_at >= j.since and o.placed_at < j.until and o.id is distinct from j.order_id
                and not o.test and o.status not in ('cancelled', 'refunded') order by o.placed_at, o.id limit 1) f on true
            cross join lateral (
                select count(*)::int as orders, coalesce(sum(o.total_amount) filter (where o.total_currency = f.total_currency), 0) as amount from customer_order o
                where o.workspace_id = $1 and o.contact_id = j.contact_id and o.placed_at >= j.since and o.placed_at < j.until and o.id is distinct from j.order_id
                and not o.test and o.status not in ('cancelled', 'refunded')) b
            cross join lateral (
                select min(r.confirmed_at) as at from response r join survey y on y.workspace_id = $1 and y.id = r.survey_id and y.key = j.survey_key
                where r.workspace_id = $1 and r.contact_id = j.contact_id and r.confirmed_at >= j.since and r.confirmed_at < j.until
                and r.discarded_at is null and not r.imported and (j.order_id is null or r.order_id is null or r.order_id = j.order_id)) a
            cross join lateral (
                select min(v.answered_at) as at from send s
                join invitation v on v.workspace_id = $1 and v.id = s.invitation_id
                join survey y on y.workspace_id = $1 and y.id = v.survey_id and y.key = j.survey_key
                where s.workspace_id = $1 and s.enrollment_id = j.id and v.answered_at >= j.since and v.answered_at < j.until
                and not exists (select from response r where r.workspace_id = $1 and r.invitation_id = v.id)) i
            left join lateral (
                select min(k.closed_at) as at from support_case k
                where j.reach = 'solved' and k.workspace_id = $1 and k.contact_id = j.contact_id and k.status = 'closed' and k.closed_at >= j.since and k.closed_at < j.until) k on true
            on conflict (workspace_id, enrollment_id) do update set
                held_by = excluded.held_by, since = excluded.since, until = excluded.until, arms = excluded.arms, reached_at = excluded.reached_at,
                orders = excluded.orders, amount = excluded.amount, currency = excluded.currency
            where (x.held_by, x.since, x.until, x.arms, x.reached_at, x.orders, x.amount, x.currency) is distinct from
                (excluded.held_by, excluded.since, excluded.until, excluded.arms, excluded.reached_at, excluded.orders, excluded.amount, excluded.currency)
            """;

    private final DatabaseClient database;
    private final Transactions transactions;

    KeepOutcomes(DatabaseClient database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /** Joins the transaction of its caller, who holds the rows of the enrollments: two at once would keep what the slower one saw. */
    Mono<Void> held(UUID workspaceId, Collection<UUID> enrollments) {
        return enrollments.isEmpty()
                ? Mono.empty()
                : database.sql(SQL)
                        .bind(0, workspaceId)
                        .bind(1, enrollments.toArray(UUID[]::new))
                        .bind(2, (int) PlanSend.LATEST.toDays())
                        .then();
    }

    /** Takes hold of them first. */
    Mono<Void> keep(UUID workspaceId, Collection<UUID> enrollments) {
        return enrollments.isEmpty()
                ? Mono.empty()
                : transactions.run(database.sql(
                                "select id from enrollment where workspace_id = $1 and id = any($2) order by id for update")
                        .bind(0, workspaceId)
                        .bind(1, enrollments.toArray(UUID[]::new))
                        .mapValue(UUID.class)
                        .all()
                        .collectList()
                        .flatMap(locked -> held(workspaceId, locked)));
    }
}
