package dev.afterword.db.followup;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Columns;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.followup.Enrollments.Beginning;
import dev.afterword.db.followup.Rehearsal.Mailed;
import dev.afterword.db.followup.Rehearsal.Outcome;
import dev.afterword.db.followup.Rehearsal.Trouble;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.message.Candidate;
import dev.afterword.db.message.ContactPolicies;
import dev.afterword.db.message.ContactPolicy;
import dev.afterword.db.message.MayWrite;
import dev.afterword.db.message.SendKind;
import dev.afterword.db.message.SkipReason;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Lets those of the last thirty days go through a follow-up as it is being written, and tells what would have become of each message. What is known of people is
 * taken as it is now, answers and cases as they came, and mail of other follow-ups as it went out.
 */
@Component
public class DryRun {
    /** How far it looks back. */
    public static final Duration PERIOD = Duration.ofDays(30);

    static final int MOST = 5_000;

    private final FollowUps followUps;
    private final Workspaces workspaces;
    private final ContactPolicies policies;
    private final PastBeginnings pastBeginnings;
    private final FindBeginnings beginnings;
    private final Enrollments enrollments;
    private final MayWrite mayWrite;
    private final MoreFacts moreFacts;
    private final WeighArms weighArms;
    private final DatabaseClient database;
    private final DatabaseTime time;

    DryRun(
            FollowUps followUps,
            Workspaces workspaces,
            ContactPolicies policies,
            PastBeginnings pastBeginnings,
            FindBeginnings beginnings,
            Enrollments enrollments,
            MayWrite mayWrite,
            MoreFacts moreFacts,
            WeighArms weighArms,
            DatabaseClient database,
            DatabaseTime time) {
        this.followUps = followUps;
        this.workspaces = workspaces;
        this.policies = policies;
        this.pastBeginnings = pastBeginnings;
        this.beginnings = beginnings;
        this.enrollments = enrollments;
        this.mayWrite = mayWrite;
        this.moreFacts = moreFacts;
        this.weighArms = weighArms;
        this.database = database;
        this.time = time;
    }

    /** What would have happened; of more than 5,000 beginnings the latest. Otherwise {@code follow-up.unknown}. */
    public Mono<Rehearsed> run(Key key) {
        return Mono.zip(
                        time.now(),
                        followUps.find(key),
                        workspaces.findById(key.workspaceId()),
                        policies.find(key.workspaceId()))
                .flatMap(found -> {
                    var now = found.getT1();
                    var from = now.minus(PERIOD);
                    var followUp = found.getT2().asIfOn(from);
                    return pastBeginnings
                            .of(followUp, found.getT3(), from, now)
                            .flatMap(all -> begun(followUp, all, from, now)
                                    .flatMap(begun -> travellers(followUp, begun, now))
                                    .flatMap(people -> rehearse(followUp, found.getT3(), found.getT4(), people, now)
                                            .map(outcomes -> Rehearsed.of(
                                                    from,
                                                    now,
                                                    people,
                                                    outcomes,
                                                    found.getT3().zone(),
                                                    all.size() >= MOST))))
                            .flatMap(run -> named(key.workspaceId(), run));
                });
    }

    /** Those in the audience, as often as the follow-up lets them. */
    private Mono<List<Beginning>> begun(FollowUp followUp, List<Beginning> all, Instant from, Instant now) {
        var definition = followUp.shown();
        return beginnings
                .fit(followUp, definition, all, now)
                .flatMap(fitting -> enrollments.apart(
                        followUp, definition, fitting, PastBeginnings.lived(definition.trigger(), from, now)));
    }

    private Mono<Rehearsed> named(UUID workspaceId, Rehearsed run) {
        return database.sql(
                        "select id, coalesce(name, email, external_id, '') as name from contact where workspace_id = $1 and id = any($2)")
                .bind(0, workspaceId)
                .bind(
                        1,
                        run.several().stream().map(Rehearsed.Several::contactId).toArray(UUID[]::new))
                .map((Readable row) -> Map.entry(value(row, "id", UUID.class), value(row, "name", String.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(run::named);
    }

    private Mono<List<Outcome>> rehearse(
            FollowUp followUp, Workspace workspace, ContactPolicy policy, List<Traveller> people, Instant now) {
        return Mono.zip(
                        refused(followUp, people, now),
                        others(followUp, people, now),
                        answers(workspace.id(), people),
                        troubles(followUp, people),
                        weighArms.shares(followUp))
                .map(known -> new Rehearsal(
                                followUp,
                                workspace,
                                policy,
                                known.getT1(),
                                known.getT2(),
                                known.getT3(),
                                known.getT4(),
                                known.getT5())
                        .run(people));
    }

    /** Whom nobody may write to for its purpose, as far as that is no matter of time. */
    private Mono<Map<UUID, SkipReason>> refused(FollowUp followUp, List<Traveller> people, Instant now) {
        var candidates = people.stream()
                .map(one -> new Candidate(
                        one.enrollmentId(),
                        one.contactId(),
                        one.orderId(),
                        null,
                        followUp.key().id(),
                        followUp.shown().purpose(),
                        SendKind.MAIL,
                        null,
                        now))
                .toList();
        return mayWrite.refusedForPlanning(followUp.key().workspaceId(), candidates);
    }

    private Mono<Map<String, List<Mailed>>> others(FollowUp followUp, List<Traveller> people, Instant now) {
        record Row(String address, Mailed mail) {}
        return database.sql("""
                        select c.address, d.finished_at, y.key as survey
                        from send d join contact c on c.workspace_id = $1 and c.id = d.contact_id and c.address = any($3)
                        left join invitation i on i.workspace_id = $1 and i.id = d.invitation_id and d.kind = 'ask'
                        left join survey y on y.workspace_id = $1 and y.id = i.survey_id
                        where d.workspace_id = $1 and d.follow_up_id is distinct from $2 and d.state in ('accepted', 'unknown') and d.finished_at >= $4
                        """)
                .bind(0, followUp.key().workspaceId())
                .bind(1, followUp.key().id())
                .bind(
                        2,
                        people.stream()
                                .flatMap(one -> Stream.ofNullable(one.address()))
                                .distinct()
                                .toArray(String[]::new))
                .bind(3, now.minus(PERIOD).minus(Duration.ofDays(90)))
                .map((Readable row) -> new Row(
                        value(row, "address", String.class),
                        new Mailed(value(row, "finished_at", Instant.class), row.get("survey", String.class))))
                .all()
                .collect(
                        HashMap<String, List<Mailed>>::new,
                        (all, row) -> all.computeIfAbsent(row.address(), any -> new ArrayList<>())
                                .add(row.mail()))
                .map(Map::copyOf);
    }

    private Mono<Map<UUID, Map<String, Instant>>> answers(UUID workspaceId, List<Traveller> people) {
        record Row(UUID order, String survey, Instant at) {}
        return database.sql("""
                        select r.order_id, y.key, min(r.answered_at) as at from response r
                        join survey y on y.workspace_id = $1 and y.id = r.survey_id
                        where r.workspace_id = $1 and r.order_id = any($2) and r.confirmed_at is not null and r.discarded_at is null
                        group by r.order_id, y.key
                        """)
                .bind(0, workspaceId)
                .bind(
                        1,
                        people.stream()
                                .flatMap(one -> Stream.ofNullable(one.orderId()))
                                .distinct()
                                .toArray(UUID[]::new))
                .map((Readable row) -> new Row(
                        value(row, "order_id", UUID.class),
                        value(row, "key", String.class),
                        value(row, "at", Instant.class)))
                .all()
                .collect(
                        HashMap<UUID, Map<String, Instant>>::new,
                        (all, row) -> all.computeIfAbsent(row.order(), any -> new HashMap<>())
                                .put(row.survey(), row.at()))
                .map(Map::copyOf);
    }

    /** Cases of these people, but for those that this follow-up itself opened. One that was opened again counts as if it had been open all the time. */
    private Mono<Map<UUID, List<Trouble>>> troubles(FollowUp followUp, List<Traveller> people) {
        record Row(UUID contact, Trouble trouble) {}
        return database.sql("""
                        select k.contact_id, k.order_id, k.opened_at, k.closed_at from support_case k
                        left join enrollment e on e.workspace_id = $1 and e.id = k.enrollment_id
                        where k.workspace_id = $1 and k.contact_id = any($2) and k.kind <> 'compliment' and k.status not in ('spam', 'merged')
                            and e.follow_up_id is distinct from $3
                        """)
                .bind(0, followUp.key().workspaceId())
                .bind(1, people.stream().map(Traveller::contactId).distinct().toArray(UUID[]::new))
                .bind(2, followUp.key().id())
                .map((Readable row) -> new Row(
                        value(row, "contact_id", UUID.class),
                        new Trouble(
                                row.get("order_id", UUID.class),
                                value(row, "opened_at", Instant.class),
                                row.get("closed_at", Instant.class))))
                .all()
                .collect(
                        HashMap<UUID, List<Trouble>>::new,
                        (all, row) -> all.computeIfAbsent(row.contact(), any -> new ArrayList<>())
                                .add(row.trouble()))
                .map(Map::copyOf);
    }

    /** Those who begin, as if each stood at the beginning. */
    private Mono<List<Traveller>> travellers(FollowUp followUp, List<Beginning> begun, Instant now) {
        var workspaceId = followUp.key().workspaceId();
        FollowUpDefinition definition = followUp.shown();
        return database.sql("""
                        select n.id, $2::uuid as version_id, n.contact_id, n.response_id, n.begun_at, false as imported, n.holdout, '{}'::jsonb as passed, c.address, c.time_zone, %s,
                            o.id as order_id, o.test, o.placed_at, o.shipped_at,
                            case when o.status = 'delivered' then coalesce(o.delivered_at, o.updated_at, o.created_at) else o.delivered_at end as delivered_at,
                            coalesce(l.returned, false) as returned,
                            false as troubled, null::jsonb as sends, null::jsonb as invitations, '{}'::text[] as answered
                        from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::timestamptz[], $8::boolean[]) n(id, contact_id, order_id, response_id, begun_at, holdout)
                        join contact c on c.workspace_id = $1 and c.id = n.contact_id
                        left join customer_order o on o.workspace_id = $1 and o.id = n.order_id
                        left join lateral (%s) l on true
                        """.formatted(Audience.COLUMNS, Audience.LINES.formatted("n")))
                .bind(0, workspaceId)
                .bind(1, followUp.key().id())
                .bind(2, Columns.array(begun, UUID.class, one -> Key.nextId()))
                .bind(3, Columns.array(begun, UUID.class, Beginning::contactId))
                .bind(4, Columns.array(begun, UUID.class, Beginning::orderId))
                .bind(5, Columns.array(begun, UUID.class, Beginning::responseId))
                .bind(6, Columns.array(begun, Instant.class, Beginning::begunAt))
                .bind(7, Columns.array(begun, Boolean.class, one -> one.heldBy() != null))
                .map(Traveller::read)
                .all()
                .collectList()
                .flatMap(found -> moreFacts
                        .of(
                                workspaceId,
                                List.of(definition),
                                found.stream().map(Traveller::person).toList(),
                                now)
                        .map(more -> found.stream()
                                .map(one -> one.knowing(more.getOrDefault(one.enrollmentId(), Map.of())))
                                .toList()));
    }
}
