package dev.afterword.db.followup;

import dev.afterword.db.Columns;
import dev.afterword.db.Unnest;
import dev.afterword.db.endpoint.PlanDeliveries;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import dev.afterword.db.followup.journey.Passed;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.inbox.CaseKind;
import dev.afterword.db.inbox.OpenCase;
import dev.afterword.db.response.Invitation;
import dev.afterword.db.response.Invitations;
import dev.afterword.db.reward.Gift;
import dev.afterword.db.reward.GiveCodes;
import dev.afterword.db.reward.ListedPool;
import dev.afterword.db.reward.RewardPools;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.Workspace;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Keeps how people go on: their messages, the invitations in these, what is noted of them, and where they stand. */
@Component
class KeepCourses {
    private final Invitations invitations;
    private final Surveys surveys;
    private final RewardPools pools;
    private final GiveCodes giveCodes;
    private final OpenCase openCase;
    private final Events events;
    private final KeepOutcomes keepOutcomes;
    private final PlanDeliveries planDeliveries;
    private final DatabaseClient database;
    private final JsonMapper json;

    KeepCourses(
            Invitations invitations,
            Surveys surveys,
            RewardPools pools,
            GiveCodes giveCodes,
            OpenCase openCase,
            Events events,
            KeepOutcomes keepOutcomes,
            PlanDeliveries planDeliveries,
            DatabaseClient database,
            JsonMapper json) {
        this.invitations = invitations;
        this.surveys = surveys;
        this.pools = pools;
        this.giveCodes = giveCodes;
        this.openCase = openCase;
        this.events = events;
        this.keepOutcomes = keepOutcomes;
        this.planDeliveries = planDeliveries;
        this.database = database;
        this.json = json;
    }

    /** Joins the transaction of its caller. */
    Mono<Void> keep(FollowUp followUp, Workspace workspace, List<Course> courses, Instant now) {
        var changed = courses.stream()
                .filter(course ->
                        course.decision() != null && !course.decision().stands())
                .toList();
        return versions(workspace.id(), changed)
                .flatMap(versions -> {
                    var rows = changed.stream()
                            .map(course -> Row.of(course, workspace, versions, now))
                            .toList();
                    return invitations
                            .insert(rows.stream()
                                    .flatMap(row -> Stream.ofNullable(row.made()))
                                    .toList())
                            .then(sends(followUp, rows, now));
                })
                .then(notes(workspace.id(), courses, now))
                .then(planDeliveries.plan(workspace.id(), calls(followUp, courses, now), now))
                .then(gifts(workspace.id(), courses, now))
                .then(cases(workspace.id(), courses, now))
                .then(stand(workspace.id(), courses, now))
                .then(keepOutcomes.held(workspace.id(), touched(courses)));
    }

    /** Those of whom something may be counted that was not: a message decided, or a way taken. */
    private static List<UUID> touched(List<Course> courses) {
        return courses.stream()
                .filter(course -> !course.next().passed().isEmpty()
                        || (course.decision() != null && !course.decision().stands()))
                .map(course -> course.traveller().enrollmentId())
                .toList();
    }

    /** The latest version of each survey that somebody is asked for the first time. */
    private Mono<Map<String, SurveyVersion>> versions(UUID workspaceId, List<Course> courses) {
        return Flux.fromStream(courses.stream()
                        .map(Course::decision)
                        .filter(Objects::nonNull)
                        .filter(Decision::planned)
                        .map(Decision::step)
                        .filter(Step.Ask.class::isInstance)
                        .map(step -> ((Step.Ask) step).survey())
                        .distinct())
                .concatMap(survey -> surveys.latest(workspaceId, survey).map(version -> Map.entry(survey, version)))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<Void> sends(FollowUp followUp, List<Row> rows, Instant now) {
        if (rows.isEmpty()) {
            return Mono.empty();
        }
        var insert = database.sql("""
                        insert into send as s (workspace_id, id, enrollment_id, follow_up_id, invitation_id, contact_id, order_id, purpose, step, kind, priority, bulk,
                            state, skip_reason, due_at, not_after, finished_at, created_at)
                        select $1, a.id, a.enrollment_id, $2, a.invitation_id, a.contact_id, a.order_id, a.purpose, a.step, a.kind, a.priority, a.bulk,
                            a.state, a.skip_reason, a.due_at, a.not_after, case when a.state = 'skipped' then $3::timestamptz end, $3
                        from unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::text[], $10::text[], $11::text[], $12::int[], $13::text[], $14::text[],
                                $15::timestamptz[], $16::timestamptz[], $17::boolean[])
                            a(id, enrollment_id, invitation_id, contact_id, order_id, purpose, step, kind, priority, state, skip_reason, due_at, not_after, bulk)
                        on conflict (workspace_id, enrollment_id, step) do update set
                            priority = excluded.priority, bulk = excluded.bulk, state = excluded.state, skip_reason = excluded.skip_reason, due_at = excluded.due_at, not_after = excluded.not_after,
                            invitation_id = coalesce(excluded.invitation_id, s.invitation_id), finished_at = excluded.finished_at, attempt = 0
                        where s.state in ('planned', 'skipped')
                        """)
                .bind(0, followUp.key().workspaceId())
                .bind(1, followUp.key().id())
                .bind(2, now);
        return Unnest.into(insert, 3, rows)
                .column(UUID.class, row -> row.decision().sendId())
                .column(UUID.class, row -> row.traveller().enrollmentId())
                .column(UUID.class, Row::invitationId)
                .column(UUID.class, row -> row.traveller().contactId())
                .column(UUID.class, row -> row.traveller().orderId())
                .column(String.class, Row::purpose)
                .column(String.class, row -> row.decision().step().key())
                .column(String.class, row -> row.decision().kind().code())
                .column(Integer.class, row -> row.course().definition().priority())
                .column(String.class, row -> row.decision().state().code())
                .column(String.class, Row::reason)
                .column(Instant.class, row -> row.decision().placed())
                .column(Instant.class, row -> row.decision().notAfter())
                .column(
                        Boolean.class,
                        row -> row.course().definition().trigger().forMany())
                .bound()
                .then();
    }

    private Mono<Void> notes(UUID workspaceId, List<Course> courses, Instant now) {
        var patches = new LinkedHashMap<UUID, Map<String, @Nullable String>>();
        courses.stream()
                .filter(course -> course.exit() == null)
                .forEach(course -> course.next().deeds().stream()
                        .filter(Step.SetAttribute.class::isInstance)
                        .map(Step.SetAttribute.class::cast)
                        .forEach(note -> patches.computeIfAbsent(
                                        course.traveller().contactId(), any -> new TreeMap<>())
                                .put(note.name(), note.value())));
        if (patches.isEmpty()) {
            return Mono.empty();
        }
        var rows = List.copyOf(patches.entrySet());
        return database.sql("""
                        update contact c set attributes = jsonb_strip_nulls(c.attributes || n.patch::jsonb)
                        from unnest($2::uuid[], $3::text[]) n(id, patch) where c.workspace_id = $1 and c.id = n.id
                        """)
                .bind(0, workspaceId)
                .bind(1, Columns.array(rows, UUID.class, Map.Entry::getKey))
                .bind(2, Columns.array(rows, String.class, row -> json.writeValueAsString(row.getValue())))
                .then()
                .then(events.append(rows.stream()
                        .map(row -> Event.of(
                                workspaceId, EventKind.CONTACT_CHANGED, row.getKey(), row.getKey(), false, now))
                        .toList()));
    }

    /** What endpoints are told of those who have come to a step that calls one: once for each journey and step. Nobody is told of who is left out. */
    private static List<PlanDeliveries.Message> calls(FollowUp followUp, List<Course> courses, Instant now) {
        return courses.stream()
                .filter(course -> course.acts() && !course.traveller().holdout())
                .flatMap(course -> course.next().deeds().stream()
                        .filter(Step.CallEndpoint.class::isInstance)
                        .map(Step.CallEndpoint.class::cast)
                        .map(call -> call(followUp, course.traveller(), call, now)))
                .toList();
    }

    private static PlanDeliveries.Message call(
            FollowUp followUp, Traveller traveller, Step.CallEndpoint call, Instant now) {
        var data = new LinkedHashMap<String, Object>();
        data.put("followUp", followUp.followUpKey());
        data.put("step", call.key());
        data.put("journey", traveller.enrollmentId());
        data.put("contact", traveller.contactId());
        var order = traveller.orderId();
        if (order != null) {
            data.put("order", order);
        }
        var response = traveller.responseId();
        if (response != null) {
            data.put("response", response);
        }
        return new PlanDeliveries.Message(
                call.endpoint(), traveller.enrollmentId() + "/" + call.key(), "follow-up.step-reached", now, data);
    }

    /** Cases are opened once for each step of a journey, also for who is left out: somebody has to act. */
    private Mono<Void> cases(UUID workspaceId, List<Course> courses, Instant now) {
        return Flux.fromIterable(courses)
                .filter(Course::acts)
                .concatMap(course -> Flux.fromIterable(course.next().deeds())
                        .ofType(Step.OpenCase.class)
                        .concatMap(step -> openCase.open(opening(workspaceId, course.traveller(), step), now)))
                .then();
    }

    private static OpenCase.Opening opening(UUID workspaceId, Traveller traveller, Step.OpenCase step) {
        return new OpenCase.Opening(
                workspaceId,
                CaseKind.of(step.kind()),
                step.subject(),
                traveller.contactId(),
                traveller.orderId(),
                traveller.responseId(),
                traveller.enrollmentId(),
                "follow-up",
                "enrollment:" + traveller.enrollmentId() + ":" + step.key(),
                step.priority(),
                null,
                step.team(),
                null,
                false,
                null,
                null);
    }

    private record Giving(Course course, Step.GiveReward step) {}

    /** Codes are given once for each step of a journey, to nobody who is left out. */
    private Mono<Void> gifts(UUID workspaceId, List<Course> courses, Instant now) {
        var giving = courses.stream()
                .filter(course -> course.acts() && !course.traveller().holdout())
                .flatMap(course -> course.next().deeds().stream()
                        .filter(Step.GiveReward.class::isInstance)
                        .map(deed -> new Giving(course, (Step.GiveReward) deed)))
                .toList();
        return Flux.fromStream(
                        giving.stream().map(one -> one.step().pool()).distinct().sorted())
                .concatMap(key -> pools.find(workspaceId, key))
                .collectMap(found -> found.pool().poolKey(), ListedPool::pool)
                .flatMap(found -> giveCodes.give(
                        giving.stream()
                                .map(one -> Gift.ofStep(
                                        Objects.requireNonNull(
                                                found.get(one.step().pool())),
                                        one.step().kind(),
                                        one.course().traveller().contactId(),
                                        one.course().traveller().enrollmentId(),
                                        one.step().key(),
                                        !MailScopes.tellsReward(one.course().definition())))
                                .toList(),
                        now))
                .then();
    }

    private Mono<Void> stand(UUID workspaceId, List<Course> courses, Instant now) {
        return database.sql("""
                        update enrollment e set passed = n.passed::jsonb, step = n.step, due_at = n.due_at, end_reason = n.end_reason,
                            ended_at = case when n.end_reason is not null then $2::timestamptz end
                        from unnest($3::uuid[], $4::text[], $5::text[], $6::timestamptz[], $7::text[]) n(id, passed, step, due_at, end_reason)
                        where e.workspace_id = $1 and e.id = n.id
                        and (e.step, e.due_at, e.end_reason, e.passed) is distinct from (n.step, n.due_at, n.end_reason, n.passed::jsonb)
                        """)
                .bind(0, workspaceId)
                .bind(1, now)
                .bind(
                        2,
                        Columns.array(
                                courses, UUID.class, one -> one.traveller().enrollmentId()))
                .bind(3, Columns.array(courses, String.class, this::passed))
                .bind(
                        4,
                        Columns.array(
                                courses, String.class, one -> one.next().stop().step()))
                .bind(5, Columns.array(courses, Instant.class, Course::dueAgain))
                .bind(6, Columns.array(courses, String.class, Course::endReason))
                .then();
    }

    private String passed(Course course) {
        Map<String, Passed> all = new HashMap<>(course.traveller().passed());
        all.putAll(course.next().passed());
        return json.writeValueAsString(all);
    }

    /** One decision with the rows that keep it. An invitation is made when its question is planned for the first time. */
    private record Row(
            Course course, Decision decision, @Nullable Invitation made) {
        static Row of(Course course, Workspace workspace, Map<String, SurveyVersion> versions, Instant now) {
            var decision = Objects.requireNonNull(course.decision());
            var traveller = course.traveller();
            var stored = traveller.sends().get(decision.step().key());
            var version = decision.step() instanceof Step.Ask ask ? versions.get(ask.survey()) : null;
            var made = version == null || !decision.planned() || (stored != null && stored.invitationId() != null)
                    ? null
                    : Invitation.planned(
                            version,
                            traveller.contactId(),
                            traveller.orderId(),
                            traveller.language(workspace),
                            decision.due(),
                            now);
            return new Row(course, decision, made);
        }

        Traveller traveller() {
            return course.traveller();
        }

        String purpose() {
            return course.definition().purpose().code();
        }

        /** Of a reminder that of its question. */
        @Nullable
        UUID invitationId() {
            if (made != null) {
                return made.key().id();
            }
            var step = decision.step() instanceof Step.Remind remind
                    ? remind.ask()
                    : decision.step().key();
            var sent = traveller().sends().get(step);
            return sent == null ? null : sent.invitationId();
        }

        @Nullable
        String reason() {
            var reason = decision.reason();
            return reason == null ? null : reason.code();
        }
    }
}
