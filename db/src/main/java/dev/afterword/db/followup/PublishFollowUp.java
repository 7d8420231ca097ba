package dev.afterword.db.followup;

import dev.afterword.db.Columns;
import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Transactions;
import dev.afterword.db.endpoint.Endpoint;
import dev.afterword.db.endpoint.Endpoints;
import dev.afterword.db.followup.journey.FollowUpCheck;
import dev.afterword.db.followup.journey.FollowUpCheck.Finding;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.FollowUpWriter;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.followup.journey.Trigger;
import dev.afterword.db.message.mail.Lint;
import dev.afterword.db.message.mail.MailFinding;
import dev.afterword.db.reward.RewardPools;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import io.r2dbc.postgresql.codec.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.function.Tuple5;

/** Makes what is being written of a follow-up its new version, unless something is wrong with it. */
@Component
public class PublishFollowUp {
    private final FollowUps followUps;
    private final Workspaces workspaces;
    private final Surveys surveys;
    private final KeepGoal keepGoal;
    private final Endpoints endpoints;
    private final RewardPools pools;
    private final PlanAgain again;
    private final DatabaseClient database;
    private final DatabaseTime time;
    private final Transactions transactions;

    PublishFollowUp(
            FollowUps followUps,
            Workspaces workspaces,
            Surveys surveys,
            KeepGoal keepGoal,
            Endpoints endpoints,
            RewardPools pools,
            PlanAgain again,
            DatabaseClient database,
            DatabaseTime time,
            Transactions transactions) {
        this.followUps = followUps;
        this.workspaces = workspaces;
        this.surveys = surveys;
        this.keepGoal = keepGoal;
        this.endpoints = endpoints;
        this.pools = pools;
        this.again = again;
        this.database = database;
        this.time = time;
        this.transactions = transactions;
    }

    /**
     * What became of it.
     *
     * @param problems why it was not published; empty when it was
     */
    public record Publication(FollowUp followUp, List<Finding> problems) {}

    /**
     * Otherwise {@code follow-up.unknown} or {@code follow-up.changed-meanwhile}.
     *
     * @param seen the version of the draft that is meant; null for whatever stands there
     * @param moving those who are inside go on with the new version, at the step of the same key; otherwise they finish theirs
     */
    public Mono<Publication> publish(Key key, @Nullable Integer seen, boolean moving) {
        return time.now()
                .flatMap(now -> transactions
                        .run(followUps
                                .findLocked(key)
                                .flatMap(found -> Mono.zip(
                                                surveys(key.workspaceId()),
                                                workspaces.findById(key.workspaceId()),
                                                questions(key.workspaceId(), found.shown()),
                                                endpoints.of(key.workspaceId()),
                                                pools.keys(key.workspaceId()))
                                        .flatMap(known -> publish(found, seen, moving, known, now))))
                        .flatMap(publication -> publication.problems().isEmpty() && moving
                                ? again.plan(publication.followUp(), now).thenReturn(publication)
                                : Mono.just(publication)));
    }

    private Mono<Publication> publish(
            FollowUp found,
            @Nullable Integer seen,
            boolean moving,
            Tuple5<Set<String>, Workspace, Set<String>, List<Endpoint>, Set<String>> known,
            Instant now) {
        if (seen != null && seen != found.draftVersion()) {
            return Mono.error(new Conflict("follow-up.changed-meanwhile"));
        }
        var draft = found.draft();
        var published = found.published();
        if (draft == null || (published != null && published.definition().equals(draft))) {
            return clear(found.key()).thenReturn(new Publication(found, List.of()));
        }
        var problems = new ArrayList<>(FollowUpCheck.of(draft, known.getT1()));
        problems.addAll(poolProblems(draft, known.getT5()));
        problems.addAll(mailProblems(draft, known.getT2(), known.getT3()));
        problems.addAll(endpointProblems(draft, known.getT4()));
        if (!problems.isEmpty()) {
            return Mono.just(new Publication(found, problems));
        }
        var versionId = Key.nextId();
        return insert(found, versionId, draft, published == null ? 1 : published.number() + 1, now)
                .then(moving ? move(found.key(), versionId).then(again.mark(found.key(), now)) : Mono.empty())
                .then(ask(found.key(), draft))
                .then(keepGoal.keep(found.key(), draft, now))
                .then(followUps.find(found.key()))
                .map(after -> new Publication(after, List.of()));
    }

    private static List<Finding> endpointProblems(FollowUpDefinition definition, List<Endpoint> endpoints) {
        return definition.allSteps().stream()
                .filter(Step.CallEndpoint.class::isInstance)
                .map(Step.CallEndpoint.class::cast)
                .filter(call ->
                        endpoints.stream().noneMatch(endpoint -> endpoint.name().equals(call.endpoint())))
                .map(call -> new Finding("follow-up.endpoint-unknown", call.key(), List.of(call.endpoint())))
                .toList();
    }

    private static List<Finding> poolProblems(FollowUpDefinition definition, Set<String> pools) {
        return definition.allSteps().stream()
                .filter(step -> step instanceof Step.GiveReward give && !pools.contains(give.pool()))
                .map(step ->
                        new Finding("follow-up.pool-unknown", step.key(), List.of(((Step.GiveReward) step).pool())))
                .toList();
    }

    /** What stops a mail from being sent as it is written. */
    private static List<Finding> mailProblems(FollowUpDefinition definition, Workspace workspace, Set<String> answers) {
        return definition.allSteps().stream()
                .filter(Step.Written.class::isInstance)
                .map(Step.Written.class::cast)
                .flatMap(written -> {
                    var content = written.content();
                    return content == null
                            ? Stream.empty()
                            : Lint.of(content, MailScopes.of(definition, written, workspace, answers)).stream()
                                    .filter(finding -> finding.severity() == MailFinding.Severity.STOPS)
                                    .map(finding -> new Finding(finding.code(), written.key(), finding.arguments()));
                })
                .toList();
    }

    private Mono<Void> insert(FollowUp found, UUID versionId, FollowUpDefinition draft, int number, Instant now) {
        return database.sql("""
                        with v as (
                            insert into follow_up_version as n (workspace_id, id, follow_up_id, number, definition, published_at) values ($1, $2, $3, $4, $5, $6)
                        )
                        update follow_up set version = version + 1, draft = null, version_id = $2 where workspace_id = $1 and id = $3
                        """)
                .bind(0, found.key().workspaceId())
                .bind(1, versionId)
                .bind(2, found.key().id())
                .bind(3, number)
                .bind(4, Json.of(FollowUpWriter.write(draft)))
                .bind(5, now)
                .then();
    }

    private Mono<Void> clear(Key key) {
        return database.sql("update follow_up set draft = null where workspace_id = $1 and id = $2")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .then();
    }

    private Mono<Void> move(Key key, UUID versionId) {
        return database.sql(
                        "update enrollment set version_id = $3 where workspace_id = $1 and follow_up_id = $2 and ended_at is null")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, versionId)
                .then();
    }

    private Mono<Void> ask(Key key, FollowUpDefinition definition) {
        var asked = List.copyOf(daysToReminder(definition).entrySet());
        return database.sql("delete from follow_up_ask where workspace_id = $1 and follow_up_id = $2")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .then()
                .then(database.sql("""
                                insert into follow_up_ask (workspace_id, follow_up_id, survey_key, days_to_reminder)
                                select $1, $2, n.survey_key, n.days from unnest($3::text[], $4::int[]) n(survey_key, days)
                                """)
                        .bind(0, key.workspaceId())
                        .bind(1, key.id())
                        .bind(2, Columns.array(asked, String.class, Map.Entry::getKey))
                        .bind(3, Columns.array(asked, Integer.class, Map.Entry::getValue))
                        .then());
    }

    /** After how many days each survey's last reminder comes: at most the sum of all waits, where there is one at all. */
    private static Map<String, Integer> daysToReminder(FollowUpDefinition definition) {
        var surveys = new HashMap<String, Integer>();
        var asked = new HashMap<String, String>();
        int days = 0;
        for (var step : definition.allSteps()) {
            switch (step) {
                case Step.Ask ask -> {
                    surveys.putIfAbsent(ask.survey(), 0);
                    asked.put(ask.key(), ask.survey());
                    days = 0;
                }
                case Step.Wait wait -> days += wait.days() + (wait.hours() + 23) / 24;
                case Step.Remind remind -> {
                    int until = days;
                    var survey = asked.get(remind.ask());
                    if (survey != null) {
                        surveys.merge(survey, until, Math::max);
                    }
                }
                case Step.AwaitDelivery _, Step.Mail _, Step.Deed _, Step.Branch _, Step.Split _, Step.End _ -> {}
            }
        }
        return surveys;
    }

    /** The questions of the survey whose answer begins it. */
    private Mono<Set<String>> questions(UUID workspaceId, FollowUpDefinition definition) {
        return definition.trigger() instanceof Trigger.ResponseGiven given
                ? surveys.latest(workspaceId, given.survey())
                        .map(version -> version.definition().questions().stream()
                                .map(Question::key)
                                .collect(Collectors.toSet()))
                        .onErrorResume(NotFound.class, none -> Mono.just(Set.of()))
                : Mono.just(Set.of());
    }

    private Mono<Set<String>> surveys(UUID workspaceId) {
        return database.sql("""
                        select s.key from survey s where s.workspace_id = $1 and s.archived_at is null
                        and exists (select from survey_version v where v.workspace_id = $1 and v.survey_id = s.id)
                        """)
                .bind(0, workspaceId)
                .mapValue(String.class)
                .all()
                .collect(Collectors.toSet());
    }
}
