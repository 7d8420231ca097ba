package dev.afterword.db.followup;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import dev.afterword.db.message.Send;
import dev.afterword.db.message.SendQueue.Leased;
import dev.afterword.db.message.incoming.RecordBounce;
import dev.afterword.db.message.incoming.RecordBounce.Said;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps what becomes of sends: what connections are about to submit, and what became of their last message, of many connections in one statement. Every row is
 * guarded by the token of its lease: what somebody else has taken over meanwhile is not touched.
 */
@Component
public class RecordSends {
    private final Events events;
    private final RecordBounce bounces;
    private final DatabaseClient ledger;
    private final Transactions transactions;
    private final Clock clock;

    RecordSends(
            Events events,
            RecordBounce bounces,
            @Qualifier("sendingConnections") ConnectionPool connections,
            Transactions transactions,
            Clock clock) {
        this.events = events;
        this.bounces = bounces;
        this.ledger = DatabaseClient.create(connections);
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A message that is about to go over the wire. */
    public record Submission(Leased leased, String messageId) {}

    /** The sends that may be submitted now: those of which the lease still holds. */
    public Mono<Set<UUID>> record(Collection<Submission> submissions, Collection<SendOutcome> outcomes) {
        return Transactions.apart(write(submissions, outcomes))
                .flatMap(mine -> refusals(outcomes).thenReturn(mine));
    }

    /** What refusals mean for the addresses; a hard bounce has been acted upon already. They are few. */
    private Mono<Void> refusals(Collection<SendOutcome> outcomes) {
        return Flux.fromIterable(outcomes)
                .filter(outcome -> outcome.refusal() != null)
                .concatMap(outcome -> bounces.record(new Said(
                        key(outcome.leased()),
                        outcome.leased().send().contactId(),
                        Objects.requireNonNull(outcome.refusal()),
                        null,
                        outcome.at() == null ? clock.instant() : outcome.at())))
                .then();
    }

    private Mono<Set<UUID>> write(Collection<Submission> submissions, Collection<SendOutcome> outcomes) {
        var now = clock.instant();
        return ledger.sql("""
                        with submitted as (
                            update send s set state = 'submitting', message_id = n.message_id, submitted_at = $1
                            from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[]) n(workspace_id, id, token, message_id)
                            where s.workspace_id = any($2) and s.workspace_id = n.workspace_id and s.id = n.id and s.lease_token = n.token
                            returning s.id
                        ), done as (
                            update send s set state = n.state, skip_reason = n.skip_reason, due_at = coalesce(n.due_at, s.due_at), attempt = s.attempt - n.given_back,
                                smtp_code = coalesce(n.smtp_code, s.smtp_code), smtp_reply = coalesce(n.smtp_reply, s.smtp_reply),
                                finished_at = case when n.finished then coalesce(n.at, $1::timestamptz) end, lease_until = null, lease_token = null
                            from unnest($6::uuid[], $7::uuid[], $8::uuid[], $9::text[], $10::text[], $11::timestamptz[], $12::int[], $13::int[], $14::text[], $15::boolean[], $16::uuid[], $17::uuid[], $19::timestamptz[])
                                n(workspace_id, id, token, state, skip_reason, due_at, given_back, smtp_code, smtp_reply, finished, event_id, suppression_id, at)
                            where s.workspace_id = any($6) and s.workspace_id = n.workspace_id and s.id = n.id and s.lease_token = n.token
                            returning s.workspace_id, s.id, s.state, s.contact_id, s.invitation_id, n.finished, n.event_id, n.suppression_id, coalesce(n.at, $1::timestamptz) as at
                        ), asked as (
                            update invitation i set asked_at = coalesce(i.asked_at, d.at), accepted_at = d.at from done d
                            where i.workspace_id = any($6) and i.workspace_id = d.workspace_id and i.id = d.invitation_id
                            and d.state = 'accepted' and i.accepted_at is null
                        ), told as (
                            insert into event as e (workspace_id, id, kind, subject_id, contact_id, imported, created_at)
                            select d.workspace_id, d.event_id, $18, d.id, d.contact_id, false, d.at from done d where d.finished
                        ), bounced as (
                            insert into suppression as b (workspace_id, id, address, purpose, reason, created_at)
                            select d.workspace_id, d.suppression_id, c.address, null, 'hard-bounce', d.at
                            from done d join contact c on c.workspace_id = d.workspace_id and c.id = d.contact_id
                            where c.workspace_id = any($6) and d.suppression_id is not null and c.address is not null
                            on conflict do nothing
                        )
                        select id from submitted
                        """)
                .bind(0, now)
                .bind(
                        1,
                        Columns.array(
                                submissions,
                                UUID.class,
                                one -> key(one.leased()).workspaceId()))
                .bind(
                        2,
                        Columns.array(
                                submissions,
                                UUID.class,
                                one -> key(one.leased()).id()))
                .bind(
                        3,
                        Columns.array(
                                submissions, UUID.class, one -> one.leased().leaseToken()))
                .bind(4, Columns.array(submissions, String.class, Submission::messageId))
                .bind(
                        5,
                        Columns.array(
                                outcomes, UUID.class, one -> key(one.leased()).workspaceId()))
                .bind(
                        6,
                        Columns.array(
                                outcomes, UUID.class, one -> key(one.leased()).id()))
                .bind(7, Columns.array(outcomes, UUID.class, one -> one.leased().leaseToken()))
                .bind(
                        8,
                        Columns.array(outcomes, String.class, one -> one.state().code()))
                .bind(9, Columns.array(outcomes, String.class, SendOutcome::skipCode))
                .bind(10, Columns.array(outcomes, Instant.class, SendOutcome::dueAgain))
                .bind(11, Columns.array(outcomes, Integer.class, one -> one.attemptCounts() ? 0 : 1))
                .bind(12, Columns.array(outcomes, Integer.class, SendOutcome::smtpCode))
                .bind(13, Columns.array(outcomes, String.class, SendOutcome::smtpReply))
                .bind(
                        14,
                        Columns.array(
                                outcomes, Boolean.class, one -> one.state().finished()))
                .bind(15, Columns.array(outcomes, UUID.class, one -> Key.nextId()))
                .bind(16, Columns.array(outcomes, UUID.class, one -> one.hardBounce() ? Key.nextId() : null))
                .bind(17, EventKind.SEND_FINISHED.code())
                .bind(18, Columns.array(outcomes, Instant.class, SendOutcome::at))
                .map((Readable row) -> Columns.value(row, "id", UUID.class))
                .all()
                .collect(Collectors.toSet());
    }

    /** Runs work that gives sends up, and tells of them in the same transaction; how many they were. */
    public Mono<Integer> tell(Mono<List<Send>> givenUp) {
        var now = clock.instant();
        return transactions.run(givenUp.flatMap(sends -> events.append(sends.stream()
                        .map(send -> Event.of(
                                send.key().workspaceId(),
                                EventKind.SEND_FINISHED,
                                send.key().id(),
                                send.contactId(),
                                false,
                                now))
                        .toList())
                .thenReturn(sends.size())));
    }

    private static Key key(Leased leased) {
        return leased.send().key();
    }
}
