package dev.afterword.db.followup;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.message.MayWrite;
import dev.afterword.db.message.SendKind;
import dev.afterword.db.message.SkipReason;
import dev.afterword.db.response.Invitation;
import dev.afterword.db.response.Invitations;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Decides for many orders at once whether and when their customers are asked, and keeps each decision; a later one replaces an earlier until the mail is under way. */
@Component
class PlanAsks {
    private final FollowUps followUps;
    private final Workspaces workspaces;
    private final Surveys surveys;
    private final Invitations invitations;
    private final MayWrite mayWrite;
    private final DatabaseClient database;
    private final Transactions transactions;

    PlanAsks(
            FollowUps followUps,
            Workspaces workspaces,
            Surveys surveys,
            Invitations invitations,
            MayWrite mayWrite,
            DatabaseClient database,
            Transactions transactions) {
        this.followUps = followUps;
        this.workspaces = workspaces;
        this.surveys = surveys;
        this.invitations = invitations;
        this.mayWrite = mayWrite;
        this.database = database;
        this.transactions = transactions;
    }

    /**
     * Decides and keeps, in one transaction and a fixed number of statements.
     *
     * @param imported those of the orders that are imported history
     */
    Mono<Void> plan(Key followUpKey, Collection<UUID> orders, Set<UUID> imported, Instant now) {
        return transactions.run(followUps
                .findLocked(followUpKey)
                .flatMap(followUp -> workspaces
                        .findById(followUpKey.workspaceId())
                        .flatMap(workspace -> decide(followUp, workspace, orders, imported, now)
                                .map(decisions -> decisions.stream()
                                        .filter(decision -> !decision.stands())
                                        .toList())
                                .filter(changed -> !changed.isEmpty())
                                .flatMap(changed -> keep(followUp, workspace, changed, now)))));
    }

    /** Decides and keeps nothing. */
    Mono<List<AskDecision>> decide(
            FollowUp followUp, Workspace workspace, Collection<UUID> orders, Set<UUID> imported, Instant now) {
        return database.sql(OrderFacts.SQL)
                .bind(0, workspace.id())
                .bind(1, orders.toArray(UUID[]::new))
                .bind(2, followUp.key().id())
                .bind(3, followUp.surveyId())
                .map(OrderFacts::read)
                .all()
                .filter(OrderFacts::open)
                .map(facts -> AskDecision.of(facts, followUp, workspace, imported.contains(facts.orderId()), now))
                .sort(Comparator.comparing(AskDecision::due))
                .collectList()
                .flatMap(decisions -> judged(followUp, workspace, decisions));
    }

    private Mono<List<AskDecision>> judged(FollowUp followUp, Workspace workspace, List<AskDecision> decisions) {
        var candidates = decisions.stream()
                .filter(AskDecision::planned)
                .map(decision -> decision.candidate(followUp))
                .toList();
        return mayWrite.refusedForPlanning(workspace.id(), candidates)
                .map(refused -> quarantined(workspace, decisions, refused));
    }

    /** Of several orders of one address in the same batch only the first is asked about. */
    private static List<AskDecision> quarantined(
            Workspace workspace, List<AskDecision> decisions, Map<UUID, SkipReason> refused) {
        var quarantine = Duration.ofDays(workspace.quarantineDays());
        var asked = new HashMap<String, Instant>();
        var judged = new ArrayList<AskDecision>(decisions.size());
        for (var decision : decisions) {
            var reason = refused.get(decision.sendId());
            var address = decision.facts().address();
            if (reason != null) {
                judged.add(decision.because(reason));
            } else if (!decision.planned() || address == null) {
                judged.add(decision);
            } else {
                var earlier = asked.get(address);
                if (earlier != null && decision.due().isBefore(earlier.plus(quarantine))) {
                    judged.add(decision.because(SkipReason.QUARANTINE));
                } else {
                    asked.put(address, decision.due());
                    judged.add(decision);
                }
            }
        }
        return judged;
    }

    private Mono<Void> keep(FollowUp followUp, Workspace workspace, List<AskDecision> decisions, Instant now) {
        return surveys.latestOf(new Key(workspace.id(), followUp.surveyId())).flatMap(version -> {
            var rows = decisions.stream()
                    .map(decision -> Row.of(decision, workspace, version, now))
                    .toList();
            return enroll(followUp, rows, now)
                    .then(invitations.insert(rows.stream()
                            .flatMap(row -> Stream.ofNullable(row.made()))
                            .toList()))
                    .then(keepSends(followUp, rows, now));
        });
    }

    private Mono<Void> enroll(FollowUp followUp, List<Row> rows, Instant now) {
        return database.sql("""
                        insert into enrollment as e (workspace_id, id, follow_up_id, contact_id, order_id, created_at)
                        select $1, n.id, $2, n.contact_id, n.order_id, $3 from unnest($4::uuid[], $5::uuid[], $6::uuid[]) n(id, contact_id, order_id)
                        on conflict (workspace_id, follow_up_id, order_id) do nothing
                        """)
                .bind(0, followUp.key().workspaceId())
                .bind(1, followUp.key().id())
                .bind(2, now)
                .bind(3, Columns.array(rows, UUID.class, Row::enrollmentId))
                .bind(
                        4,
                        Columns.array(
                                rows, UUID.class, row -> row.decision().facts().contactId()))
                .bind(
                        5,
                        Columns.array(
                                rows, UUID.class, row -> row.decision().facts().orderId()))
                .then();
    }

    private Mono<Void> keepSends(FollowUp followUp, List<Row> rows, Instant now) {
        return database.sql("""
                        with asked as (
                            select n.* from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::text[], $9::text[], $10::timestamptz[], $11::timestamptz[])
                                n(id, enrollment_id, invitation_id, contact_id, order_id, state, skip_reason, due_at, not_after)
                        ), enrolled as (
                            update enrollment e set invitation_id = a.invitation_id from asked a
                            where e.workspace_id = $1 and e.id = a.enrollment_id and a.invitation_id is not null and e.invitation_id is null
                        )
                        insert into send as s (workspace_id, id, enrollment_id, follow_up_id, invitation_id, contact_id, order_id, purpose, step, kind,
                            state, skip_reason, due_at, not_after, finished_at, created_at)
                        select $1, a.id, a.enrollment_id, $2, a.invitation_id, a.contact_id, a.order_id, $12, $13, $13,
                            a.state, a.skip_reason, a.due_at, a.not_after, case when a.state = 'skipped' then $14::timestamptz end, $14 from asked a
                        on conflict (workspace_id, enrollment_id, step) do update set
                            state = excluded.state, skip_reason = excluded.skip_reason, due_at = excluded.due_at, not_after = excluded.not_after,
                            invitation_id = coalesce(excluded.invitation_id, s.invitation_id), finished_at = excluded.finished_at, attempt = 0
                        where s.state in ('planned', 'skipped')
                        """)
                .bind(0, followUp.key().workspaceId())
                .bind(1, followUp.key().id())
                .bind(2, Columns.array(rows, UUID.class, row -> row.decision().sendId()))
                .bind(3, Columns.array(rows, UUID.class, Row::enrollmentId))
                .bind(4, Columns.array(rows, UUID.class, Row::invitationId))
                .bind(
                        5,
                        Columns.array(
                                rows, UUID.class, row -> row.decision().facts().contactId()))
                .bind(
                        6,
                        Columns.array(
                                rows, UUID.class, row -> row.decision().facts().orderId()))
                .bind(
                        7,
                        Columns.array(
                                rows,
                                String.class,
                                row -> row.decision().state().code()))
                .bind(8, Columns.array(rows, String.class, Row::reason))
                .bind(
                        9,
                        Columns.array(rows, Instant.class, row -> row.decision().due()))
                .bind(
                        10,
                        Columns.array(rows, Instant.class, row -> row.decision().notAfter()))
                .bind(11, followUp.purpose().code())
                .bind(12, SendKind.ASK.code())
                .bind(13, now)
                .then();
    }

    /** One decision with the rows that keep it. An invitation is made when the ask is planned for the first time. */
    private record Row(
            AskDecision decision,
            UUID enrollmentId,
            @Nullable Invitation made) {
        static Row of(AskDecision decision, Workspace workspace, SurveyVersion version, Instant now) {
            var facts = decision.facts();
            var enrollment = facts.enrollmentId();
            var made = decision.planned() && facts.invitationId() == null
                    ? Invitation.planned(
                            version, facts.contactId(), facts.orderId(), facts.language(workspace), decision.due(), now)
                    : null;
            return new Row(decision, enrollment == null ? Key.nextId() : enrollment, made);
        }

        @Nullable
        UUID invitationId() {
            return made == null ? decision.facts().invitationId() : made.key().id();
        }

        @Nullable
        String reason() {
            var reason = decision.reason();
            return reason == null ? null : reason.code();
        }
    }
}
