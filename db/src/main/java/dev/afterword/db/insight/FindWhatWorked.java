package dev.afterword.db.insight;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Amounts;
import dev.afterword.db.Estimate;
import dev.afterword.db.Lift;
import dev.afterword.db.Lifts;
import dev.afterword.db.Statistics;
import dev.afterword.db.followup.FollowUp;
import dev.afterword.db.followup.FollowUps;
import dev.afterword.db.followup.journey.Goal;
import dev.afterword.db.insight.FollowUpReport.Group;
import dev.afterword.db.insight.WhatWorked.Worked;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Looks back at all follow-ups of a workspace: eight statements, whatever their number. */
@Component
public class FindWhatWorked {
    /** What was longer ago tells little of now. */
    public static final Duration LOOKED_BACK = Duration.ofDays(365);

    private static final Duration LATELY = Duration.ofDays(56);

    private static final String GROUPS = """
            with person as materialized (
                select distinct on (o.follow_up_id, o.contact_id) o.follow_up_id, o.held_by is not null as held, o.since, o.until, o.reached_at, o.amount, o.currency
                from outcome o where o.workspace_id = $1 and o.since >= $2 and o.since <= $3
                order by o.follow_up_id, o.contact_id, o.since, o.enrollment_id
            ), main as (
                select distinct on (follow_up_id) follow_up_id, currency from (
                    select follow_up_id, currency, count(*) as n from person where currency is not null group by 1, 2) c
                order by follow_up_id, n desc, currency)
            select p.follow_up_id, p.held, coalesce(m.currency, '') as currency, count(*) filter (where p.until <= $3) as people, count(*) filter (where p.until > $3) as open,
                count(p.reached_at) filter (where p.until <= $3) as reached,
                coalesce(sum(p.amount) filter (where p.until <= $3 and p.currency = m.currency), 0)::float8 as sum,
                coalesce(sum(p.amount * p.amount) filter (where p.until <= $3 and p.currency = m.currency), 0)::float8 as squares,
                count(*) filter (where p.since > $4) / 8.0::float8 as a_week
            from person p left join main m on m.follow_up_id = p.follow_up_id
            group by p.follow_up_id, p.held, m.currency
            """;

    private static final String HARM = """
            select d.follow_up_id, count(*) as sent, count(*) filter (where u.at is not null and not exists (
                    select from send l where l.workspace_id = $1 and l.contact_id = d.contact_id and l.state = 'accepted' and l.finished_at > d.finished_at and l.finished_at <= u.at)
                or exists (select from bounce b where b.workspace_id = $1 and b.send_id = d.id and b.kind = 'spam-report')) as harmed
            from send d join contact c on c.workspace_id = $1 and c.id = d.contact_id
            left join lateral (
                select min(s.created_at) as at from suppression s where s.workspace_id = $1 and s.address = c.address and s.reason = 'unsubscribed'
                and s.created_at >= d.finished_at and s.created_at < d.finished_at + interval '14 days') u on true
            where d.workspace_id = $1 and d.follow_up_id is not null and d.state = 'accepted' and d.finished_at >= $2
            group by 1
            """;

    /** Of all people who came to a follow-up that is not service: who is kept from all marketing, and who ordered in the days after their first journey. */
    private static final String ALL = """
            with person as materialized (
                select distinct on (o.contact_id) o.contact_id, coalesce(o.held_by, '') = 'workspace' as held, o.since
                from outcome o
                join follow_up f on f.workspace_id = $1 and f.id = o.follow_up_id
                join follow_up_version v on v.workspace_id = $1 and v.id = f.version_id and v.definition ->> 'purpose' <> 'service'
                where o.workspace_id = $1 and o.since >= $2 order by o.contact_id, o.since, o.enrollment_id)
            select p.held, count(*) as people, count(*) filter (where exists (
                select from customer_order o where o.workspace_id = $1 and o.contact_id = p.contact_id and o.placed_at > p.since
                and o.placed_at < p.since + make_interval(days => $4) and not o.test and o.status not in ('cancelled', 'refunded'))) as ordered
            from person p where p.since + make_interval(days => $4) <= $3 group by 1
            """;

    /** A question is looked at when it has had 14 days; what came in imported history has no mail of ours. */
    private static final String ASKED = """
            select coalesce(l.category, '') as category, coalesce(i.language, '') as language, %s as level, count(*) as asked,
                count(*) filter (where i.answered_at < d.finished_at + interval '14 days') as answered
            from send d
            join workspace w on w.id = $1
            join invitation i on i.workspace_id = $1 and i.id = d.invitation_id
            join contact c on c.workspace_id = $1 and c.id = d.contact_id
            join customer_order o on o.workspace_id = $1 and o.id = d.order_id and not o.test
            left join lateral (
                select min(coalesce(x.category, p.category)) as category from order_line x left join product p on p.workspace_id = $1 and p.sku = x.sku
                where x.workspace_id = $1 and x.order_id = o.id) l on true
            where d.workspace_id = $1 and d.kind = 'ask' and d.state = 'accepted' and d.finished_at >= $2 and d.finished_at <= $3::timestamptz - interval '14 days' %s
            group by 1, 2, 3 order by 1, 2, 3
            """;

    private static final String BY_HOUR = ASKED.formatted(
            "lpad((3 * floor(extract(hour from d.finished_at at time zone coalesce(c.time_zone, w.zone)) / 3))::int::text, 2, '0')",
            "");

    private static final String BY_DELAY = ASKED.formatted("""
            case when d.finished_at < o.delivered_at + interval '3 days' then '00-02' when d.finished_at < o.delivered_at + interval '6 days' then '03-05'
                when d.finished_at < o.delivered_at + interval '11 days' then '06-10' when d.finished_at < o.delivered_at + interval '21 days' then '11-20' else '21-' end""", "and o.delivered_at <= d.finished_at");

    private final FollowUps followUps;
    private final DatabaseClient database;
    private final Clock clock;

    FindWhatWorked(FollowUps followUps, DatabaseClient database, Clock clock) {
        this.followUps = followUps;
        this.database = database;
        this.clock = clock;
    }

    public Mono<WhatWorked> of(UUID workspaceId) {
        var now = clock.instant();
        var since = now.minus(LOOKED_BACK);
        return Mono.zip(
                        Mono.zip(followUps.of(workspaceId), followUps.archived(workspaceId)),
                        Mono.zip(
                                groups(workspaceId, since, now),
                                harm(workspaceId, since),
                                all(workspaceId, since, now)),
                        Mono.zip(
                                asked(BY_HOUR, workspaceId, since, now),
                                asked(BY_DELAY, workspaceId, since, now),
                                stages(workspaceId)))
                .map(found -> {
                    var live = found.getT1().getT1();
                    var worked = Stream.concat(live.stream(), found.getT1().getT2().stream())
                            .filter(followUp -> followUp.published() != null)
                            .map(followUp -> worked(
                                    followUp,
                                    found.getT2().getT1(),
                                    found.getT2().getT2()))
                            .sorted(Comparator.comparingInt(Worked::rank)
                                    .thenComparing(Comparator.comparingDouble(Worked::sureAtLeast)
                                            .reversed()))
                            .toList();
                    var hour = found.getT3().getT1().orElse(null);
                    var delay = found.getT3().getT2().orElse(null);
                    return new WhatWorked(
                            worked,
                            found.getT2().getT3().orElse(null),
                            hour,
                            delay,
                            Proposals.of(
                                    live,
                                    worked,
                                    found.getT3().getT1(),
                                    found.getT3().getT2(),
                                    found.getT3().getT3()));
                });
    }

    private static Worked worked(FollowUp followUp, Map<String, Counted> groups, Map<UUID, long[]> harm) {
        var id = followUp.key().id();
        var written = groups.getOrDefault(id + "/false", Counted.NOBODY);
        var held = groups.getOrDefault(id + "/true", Counted.NOBODY);
        var goal = followUp.shown().aim();
        var published = followUp.published();
        if (published != null) {
            goal = published.definition().aim();
        }
        var comparison = FollowUpReport.Comparison.of(written.group, held.group);
        var lift = goal instanceof Goal.Revenue ? comparison.money() : comparison.share();
        var counted = harm.getOrDefault(id, new long[2]);
        var share = Statistics.share(counted[1], counted[0]);
        return new Worked(
                followUp,
                goal,
                lift,
                written.currency.isEmpty() ? null : written.currency,
                counted[0],
                share.value() == null
                        ? share
                        : new Estimate(
                                share.n(), 10 * share.value(), 10 * orZero(share.low()), 10 * orZero(share.high())),
                comparison.weeks(lift));
    }

    private static double orZero(@Nullable Double value) {
        return value == null ? 0 : value;
    }

    private record Counted(Group group, String currency) {
        static final Counted NOBODY = new Counted(Group.NOBODY, "");
    }

    private Mono<Map<String, Counted>> groups(UUID workspaceId, Instant since, Instant now) {
        return database.sql(GROUPS)
                .bind(0, workspaceId)
                .bind(1, since)
                .bind(2, now)
                .bind(3, now.minus(LATELY))
                .map((Readable row) -> {
                    var people = value(row, "people", Long.class);
                    return Map.entry(
                            value(row, "follow_up_id", UUID.class) + "/" + value(row, "held", Boolean.class),
                            new Counted(
                                    new Group(
                                            people,
                                            value(row, "open", Long.class),
                                            value(row, "reached", Long.class),
                                            new Amounts(
                                                    people,
                                                    value(row, "sum", Double.class),
                                                    value(row, "squares", Double.class)),
                                            0,
                                            value(row, "a_week", Double.class)),
                                    value(row, "currency", String.class)));
                })
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<Map<UUID, long[]>> harm(UUID workspaceId, Instant since) {
        return database.sql(HARM)
                .bind(0, workspaceId)
                .bind(1, since)
                .map((Readable row) -> Map.entry(
                        value(row, "follow_up_id", UUID.class),
                        new long[] {value(row, "sent", Long.class), value(row, "harmed", Long.class)}))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** Empty where nobody is kept from all marketing. */
    private Mono<Optional<Lift>> all(UUID workspaceId, Instant since, Instant now) {
        return database.sql(ALL)
                .bind(0, workspaceId)
                .bind(1, since)
                .bind(2, now)
                .bind(3, WhatWorked.DAYS_OF_ALL)
                .map((Readable row) -> Map.entry(
                        value(row, "held", Boolean.class),
                        new long[] {value(row, "ordered", Long.class), value(row, "people", Long.class)}))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(found -> {
                    var held = found.get(true);
                    var others = found.getOrDefault(false, new long[2]);
                    return held == null
                            ? Optional.empty()
                            : Optional.of(Lifts.shares(others[0], others[1], held[0], held[1]));
                });
    }

    private Mono<Optional<Timing>> asked(String sql, UUID workspaceId, Instant since, Instant now) {
        return database.sql(sql)
                .bind(0, workspaceId)
                .bind(1, since)
                .bind(2, now)
                .map((Readable row) -> new Timing.Asked(
                        value(row, "category", String.class),
                        value(row, "language", String.class),
                        value(row, "level", String.class),
                        value(row, "asked", Long.class),
                        value(row, "answered", Long.class)))
                .all()
                .collectList()
                .map(asked -> asked.isEmpty() ? Optional.empty() : Optional.of(Timing.of(asked)));
    }

    private Mono<Map<String, Long>> stages(UUID workspaceId) {
        return database.sql(
                        "select stage, count(*) as people from contact where workspace_id = $1 and stage is not null group by 1")
                .bind(0, workspaceId)
                .map((Readable row) -> Map.entry(value(row, "stage", String.class), value(row, "people", Long.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
