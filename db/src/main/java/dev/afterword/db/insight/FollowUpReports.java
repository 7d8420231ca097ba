package dev.afterword.db.insight;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Amounts;
import dev.afterword.db.Key;
import dev.afterword.db.followup.FollowUp;
import dev.afterword.db.followup.FollowUps;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.insight.FollowUpReport.ArmResult;
import dev.afterword.db.insight.FollowUpReport.Comparison;
import dev.afterword.db.insight.FollowUpReport.Funnel;
import dev.afterword.db.insight.FollowUpReport.Group;
import dev.afterword.db.insight.FollowUpReport.Harm;
import dev.afterword.db.insight.FollowUpReport.LeftOut;
import dev.afterword.db.insight.FollowUpReport.SplitResult;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a follow-up did and brought: five statements, whatever the number of journeys. */
@Component
public class FollowUpReports {
    /** How many people come a week is told by the last eight. */
    private static final Duration LATELY = Duration.ofDays(56);

    private static final TypeReference<Map<String, String>> ARMS = new TypeReference<>() {};

    /** What became of each journey's mails is found first and once: beside a workspace whose statistics are not there yet, a planner would find it anew for each journey. */
    private static final String FUNNEL = """
            with mail as materialized (
                select d.enrollment_id, bool_or(d.state in ('accepted', 'unknown', 'rejected')) as sent, bool_or(d.state in ('planned', 'leased', 'submitting')) as waiting,
                    bool_or(d.state = 'accepted' and not exists (select from bounce b where b.workspace_id = $1 and b.send_id = d.id and b.kind in ('hard', 'soft', 'policy'))) as delivered,
                    bool_or(exists (select from hit h where h.workspace_id = $1 and h.invitation_id = d.invitation_id and h.verdict = 'person')) as clicked,
                    bool_or(exists (select from invitation i where i.workspace_id = $1 and i.id = d.invitation_id and i.answered_at is not null)) as answered,
                    (array_agg(coalesce(d.skip_reason, 'failed') order by d.not_after, d.id) filter (where d.state in ('skipped', 'failed')))[1] as reason
                from send d where d.workspace_id = $1 and d.follow_up_id = $2 and d.created_at >= $3 - interval '1 day' group by 1
            ), journey as (
                select case when s.sent then 'sent' when s.waiting or (s.reason is null and e.ended_at is null) then 'under-way' else coalesce(s.reason, '') end as fate,
                    s.sent and s.delivered as delivered, s.sent and (s.clicked or s.answered) as clicked, s.sent and s.answered as answered, s.sent and coalesce(x.orders, 0) > 0 as ordered
                from enrollment e
                left join customer_order o on o.workspace_id = $1 and o.id = e.order_id
                left join outcome x on x.workspace_id = $1 and x.enrollment_id = e.id
                left join mail s on s.enrollment_id = e.id
                where e.workspace_id = $1 and e.follow_up_id = $2 and e.begun_at >= $3 and not e.imported and not coalesce(o.test, false))
            select fate, count(*) as journeys, count(*) filter (where delivered) as delivered, count(*) filter (where clicked) as clicked,
                count(*) filter (where answered) as answered, count(*) filter (where ordered) as ordered
            from journey group by 1 order by 2 desc, 1
            """;

    /** Each person once, with their first journey: several of one person are not several people. */
    private static final String GROUPS = """
            with person as materialized (
                select distinct on (o.contact_id) o.contact_id, o.held_by is not null as held, o.arms, o.since, o.until, o.reached_at, o.amount, o.currency
                from outcome o where o.workspace_id = $1 and o.follow_up_id = $2 and o.since >= $3 and o.since <= $4
                order by o.contact_id, o.since, o.enrollment_id
            ), main as (select currency from person where currency is not null group by 1 order by count(*) desc, 1 limit 1)
            select p.held, p.arms, m.currency, count(*) filter (where p.until <= $4) as people, count(*) filter (where p.until > $4) as open,
                count(p.reached_at) filter (where p.until <= $4) as reached,
                coalesce(sum(p.amount) filter (where p.until <= $4 and p.currency = m.currency), 0)::float8 as sum,
                coalesce(sum(p.amount * p.amount) filter (where p.until <= $4 and p.currency = m.currency), 0)::float8 as squares,
                count(*) filter (where p.until <= $4 and p.currency <> m.currency) as other,
                count(*) filter (where p.since > $5) as lately, min(p.since) as first
            from person p left join main m on true
            group by p.held, p.arms, m.currency
            """;

    private static final String HARM = """
            select count(*) as sent,
                count(*) filter (where exists (select from bounce b where b.workspace_id = $1 and b.send_id = d.id and b.kind = 'spam-report')) as reported,
                count(*) filter (where u.at is not null and not exists (
                    select from send l where l.workspace_id = $1 and l.contact_id = d.contact_id and l.state = 'accepted' and l.finished_at > d.finished_at and l.finished_at <= u.at)) as unsubscribed
            from send d join contact c on c.workspace_id = $1 and c.id = d.contact_id
            left join lateral (
                select min(s.created_at) as at from suppression s where s.workspace_id = $1 and s.address = c.address and s.reason = 'unsubscribed'
                and s.created_at >= d.finished_at and s.created_at < d.finished_at + interval '14 days') u on true
            where d.workspace_id = $1 and d.follow_up_id = $2 and d.state = 'accepted' and d.finished_at >= $3 and d.created_at >= $3 - interval '60 days'
            """;

    private final FollowUps followUps;
    private final DatabaseClient database;
    private final Clock clock;
    private final JsonMapper json;

    FollowUpReports(FollowUps followUps, DatabaseClient database, Clock clock, JsonMapper json) {
        this.followUps = followUps;
        this.database = database;
        this.clock = clock;
        this.json = json;
    }

    /** The journeys of the last days, by the goal that it has now; otherwise {@code follow-up.unknown}. */
    public Mono<FollowUpReport> of(UUID workspaceId, String followUpKey, int days) {
        var now = clock.instant();
        return followUps
                .find(workspaceId, followUpKey)
                .flatMap(followUp -> of(followUp, now.minus(Duration.ofDays(days)), now));
    }

    Mono<FollowUpReport> of(FollowUp followUp, Instant since, Instant now) {
        var key = followUp.key();
        var definition = followUp.published() == null
                ? followUp.shown()
                : followUp.published().definition();
        return Mono.zip(funnel(key, since), groups(key, since, now), harm(key, since), shares(key))
                .map(found -> {
                    var cells = found.getT2();
                    return new FollowUpReport(
                            followUp,
                            definition.aim(),
                            since,
                            found.getT1(),
                            Comparison.of(sum(cells, cell -> !cell.held), sum(cells, cell -> cell.held)),
                            splits(definition, cells, found.getT4()),
                            found.getT3(),
                            cells.stream()
                                    .map(Cell::currency)
                                    .filter(currency -> !currency.isEmpty())
                                    .findFirst()
                                    .orElse(null));
                });
    }

    private Mono<Funnel> funnel(Key key, Instant since) {
        return statement(FUNNEL, key, since).map(Fate::read).all().collectList().map(fates -> {
            var sent = fates.stream()
                    .filter(fate -> fate.fate.equals("sent"))
                    .findFirst()
                    .orElse(Fate.NONE);
            return new Funnel(
                    fates.stream().mapToLong(Fate::journeys).sum(),
                    journeys(fates, "under-way"),
                    journeys(fates, ""),
                    fates.stream()
                            .filter(fate -> !List.of("sent", "under-way", "").contains(fate.fate))
                            .map(fate -> new LeftOut(fate.fate, fate.journeys))
                            .toList(),
                    sent.journeys,
                    sent.delivered,
                    sent.clicked,
                    sent.answered,
                    sent.ordered);
        });
    }

    private record Fate(String fate, long journeys, long delivered, long clicked, long answered, long ordered) {
        static final Fate NONE = new Fate("", 0, 0, 0, 0, 0);

        static Fate read(Readable row) {
            return new Fate(
                    value(row, "fate", String.class),
                    value(row, "journeys", Long.class),
                    value(row, "delivered", Long.class),
                    value(row, "clicked", Long.class),
                    value(row, "answered", Long.class),
                    value(row, "ordered", Long.class));
        }
    }

    private static long journeys(List<Fate> fates, String which) {
        return fates.stream()
                .filter(fate -> fate.fate.equals(which))
                .mapToLong(Fate::journeys)
                .sum();
    }

    /** People who went the same ways. */
    private record Cell(boolean held, Map<String, String> arms, String currency, Group group) {}

    private Mono<List<Cell>> groups(Key key, Instant since, Instant now) {
        return statement(GROUPS, key, since)
                .bind(3, now)
                .bind(4, now.minus(LATELY))
                .map((Readable row) -> cell(row, now))
                .all()
                .collectList();
    }

    private Cell cell(Readable row, Instant now) {
        var first = value(row, "first", Instant.class);
        var weeks = Math.max(
                        7,
                        Math.min(LATELY.toDays(), Duration.between(first, now).toDays() + 1))
                / 7.0;
        var people = value(row, "people", Long.class);
        var currency = row.get("currency", String.class);
        return new Cell(
                value(row, "held", Boolean.class),
                json.readValue(value(row, "arms", Json.class).asString(), ARMS),
                currency == null ? "" : currency,
                new Group(
                        people,
                        value(row, "open", Long.class),
                        value(row, "reached", Long.class),
                        new Amounts(people, value(row, "sum", Double.class), value(row, "squares", Double.class)),
                        value(row, "other", Long.class),
                        value(row, "lately", Long.class) / weeks));
    }

    private static Group sum(List<Cell> cells, Predicate<Cell> which) {
        return cells.stream().filter(which).map(Cell::group).reduce(Group.NOBODY, Group::plus);
    }

    private static List<SplitResult> splits(
            FollowUpDefinition definition, List<Cell> cells, Map<String, Double> learnt) {
        return definition.splits().stream()
                .map(split -> {
                    // Only who came to the split as well: a way before it may choose people who reach the goal anyhow.
                    var held = sum(cells, cell -> cell.held && cell.arms.containsKey(split.key()));
                    var arms = new ArrayList<ArmResult>();
                    double weights =
                            split.arms().stream().mapToInt(Step.Arm::weight).sum();
                    var first = written(cells, split, split.arms().getFirst().key());
                    for (var arm : split.arms()) {
                        var group = written(cells, split, arm.key());
                        arms.add(new ArmResult(
                                arm.key(),
                                Comparison.of(group, held),
                                arms.isEmpty() ? null : Comparison.of(group, first),
                                learnt.getOrDefault(split.key() + "/" + arm.key(), arm.weight() / weights)));
                    }
                    return new SplitResult(split.key(), split.learns(), arms);
                })
                .toList();
    }

    private static Group written(List<Cell> cells, Step.Split split, String arm) {
        return sum(cells, cell -> !cell.held && arm.equals(cell.arms.get(split.key())));
    }

    private Mono<Map<String, Double>> shares(Key key) {
        return database.sql("select split, arm, share from arm_share where workspace_id = $1 and follow_up_id = $2")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .map((Readable row) -> Map.entry(
                        value(row, "split", String.class) + "/" + value(row, "arm", String.class),
                        value(row, "share", Double.class)))
                .all()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Mono<Harm> harm(Key key, Instant since) {
        return statement(HARM, key, since)
                .map((Readable row) -> new Harm(
                        value(row, "sent", Long.class),
                        value(row, "unsubscribed", Long.class),
                        value(row, "reported", Long.class)))
                .one();
    }

    private DatabaseClient.GenericExecuteSpec statement(String sql, Key key, Instant since) {
        return database.sql(sql).bind(0, key.workspaceId()).bind(1, key.id()).bind(2, since);
    }
}
