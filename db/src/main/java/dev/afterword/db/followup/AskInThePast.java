package dev.afterword.db.followup;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import dev.afterword.db.message.PlanSend;
import dev.afterword.db.message.SendState;
import dev.afterword.db.message.Step;
import dev.afterword.db.response.Invitation;
import dev.afterword.db.response.Invitations;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Surveys;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Writes down that customers were asked in the past, as if the mails had gone out then: for the demo's history. Nothing is sent and no reminder follows. */
@Component
public class AskInThePast {
    private final FollowUps followUps;
    private final Surveys surveys;
    private final Invitations invitations;
    private final Events events;
    private final DatabaseClient database;
    private final Transactions transactions;
    private final Clock clock;

    AskInThePast(
            FollowUps followUps,
            Surveys surveys,
            Invitations invitations,
            Events events,
            DatabaseClient database,
            Transactions transactions,
            Clock clock) {
        this.followUps = followUps;
        this.surveys = surveys;
        this.invitations = invitations;
        this.events = events;
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * One ask that was accepted.
     *
     * @param remindedAt null: no reminder went out
     */
    public record PastAsk(
            UUID orderId,
            UUID contactId,
            String language,
            Instant askedAt,
            @Nullable Instant remindedAt) {}

    /**
     * Any number of asks of a follow-up, in one transaction and a fixed number of statements; at most a few thousand at once. An order that was asked about before
     * stays as it is.
     *
     * @return the invitation of each order that was not asked about before
     */
    public Mono<Map<UUID, Invitation>> ask(Key followUpKey, List<PastAsk> asks) {
        return transactions.run(followUps
                .findLocked(followUpKey)
                .flatMap(followUp -> surveys.latestOf(new Key(followUpKey.workspaceId(), followUp.surveyId()))
                        .flatMap(version -> invitations.insert(asks.stream()
                                .map(ask -> invitation(version, ask))
                                .toList()))
                        .flatMap(added -> keep(followUp, asks, added))));
    }

    private static Invitation invitation(SurveyVersion version, PastAsk ask) {
        var planned = Invitation.planned(
                version, ask.contactId(), ask.orderId(), ask.language(), ask.askedAt(), ask.askedAt());
        return new Invitation(
                planned.key(),
                planned.surveyId(),
                planned.versionId(),
                planned.contactId(),
                planned.orderId(),
                planned.origin(),
                planned.language(),
                ask.askedAt(),
                ask.askedAt(),
                null,
                planned.closesAt(),
                planned.createdAt());
    }

    private Mono<Map<UUID, Invitation>> keep(FollowUp followUp, List<PastAsk> asks, List<Invitation> added) {
        var byOrder = added.stream()
                .flatMap(one -> Stream.ofNullable(one.orderId()).map(order -> Map.entry(order, one)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        var sends = asks.stream()
                .flatMap(ask -> Stream.ofNullable(byOrder.get(ask.orderId())).flatMap(one -> Past.of(ask, one)))
                .toList();
        return enroll(followUp, added)
                .then(keepSends(followUp, sends))
                .flatMap(events::append)
                .thenReturn(byOrder);
    }

    private Mono<Void> enroll(FollowUp followUp, List<Invitation> added) {
        return database.sql("""
                        insert into enrollment as e (workspace_id, id, follow_up_id, contact_id, order_id, invitation_id, created_at)
                        select $1, n.id, $2, n.contact_id, n.order_id, n.invitation_id, n.at
                        from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::timestamptz[]) n(id, contact_id, order_id, invitation_id, at)
                        on conflict (workspace_id, follow_up_id, order_id) do update set invitation_id = excluded.invitation_id
                        """)
                .bind(0, followUp.key().workspaceId())
                .bind(1, followUp.key().id())
                .bind(2, Columns.array(added, UUID.class, one -> Key.nextId()))
                .bind(3, Columns.array(added, UUID.class, Invitation::contactId))
                .bind(4, Columns.array(added, UUID.class, Invitation::orderId))
                .bind(5, Columns.array(added, UUID.class, one -> one.key().id()))
                .bind(6, Columns.array(added, Instant.class, Invitation::createdAt))
                .then();
    }

    private Mono<List<Event>> keepSends(FollowUp followUp, List<Past> sends) {
        return database.sql("""
                        insert into send as s (workspace_id, id, enrollment_id, follow_up_id, invitation_id, contact_id, order_id, purpose, step, state,
                            due_at, not_after, attempt, smtp_code, submitted_at, finished_at, created_at)
                        select $1, n.id, e.id, $2, e.invitation_id, e.contact_id, e.order_id, $3, n.step, $4, n.at, n.not_after, 1, 250, n.at, n.at, n.at
                        from unnest($5::uuid[], $6::uuid[], $7::text[], $8::timestamptz[], $9::timestamptz[]) n(id, order_id, step, at, not_after)
                        join enrollment e on e.workspace_id = $1 and e.follow_up_id = $2 and e.order_id = n.order_id
                        on conflict (workspace_id, enrollment_id, step) do update set state = excluded.state, skip_reason = null, invitation_id = excluded.invitation_id,
                            due_at = excluded.due_at, not_after = excluded.not_after, attempt = 1, smtp_code = 250, submitted_at = excluded.submitted_at, finished_at = excluded.finished_at
                        returning s.id, s.contact_id
                        """)
                .bind(0, followUp.key().workspaceId())
                .bind(1, followUp.key().id())
                .bind(2, followUp.purpose().code())
                .bind(3, SendState.ACCEPTED.code())
                .bind(4, Columns.array(sends, UUID.class, Past::id))
                .bind(5, Columns.array(sends, UUID.class, one -> one.invitation.orderId()))
                .bind(6, Columns.array(sends, String.class, one -> one.step.code()))
                .bind(7, Columns.array(sends, Instant.class, Past::at))
                .bind(8, Columns.array(sends, Instant.class, one -> one.at.plus(PlanSend.LATEST)))
                .map((Readable row) -> Event.of(
                        followUp.key().workspaceId(),
                        EventKind.SEND_FINISHED,
                        Columns.value(row, "id", UUID.class),
                        Columns.value(row, "contact_id", UUID.class),
                        true,
                        clock.instant()))
                .all()
                .collectList();
    }

    /** One mail of the past. */
    private record Past(UUID id, Invitation invitation, Step step, Instant at) {
        static Stream<Past> of(PastAsk ask, Invitation invitation) {
            return Stream.concat(
                    Stream.of(new Past(Key.nextId(), invitation, Step.ASK, ask.askedAt())),
                    Stream.ofNullable(ask.remindedAt()).map(at -> new Past(Key.nextId(), invitation, Step.REMIND, at)));
        }
    }
}
