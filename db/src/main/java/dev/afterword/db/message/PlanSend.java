package dev.afterword.db.message;

import dev.afterword.db.Key;
import dev.afterword.db.workspace.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Plans one message apart from any follow-up, as when a shop's program asks us to send its invitation. Suppression, consent and quarantine hold all the same. */
@Component
public class PlanSend {
    /** A question is no longer sent so long after it was due. */
    public static final Duration LATEST = Duration.ofDays(7);

    private final MayWrite mayWrite;
    private final DatabaseClient database;

    PlanSend(MayWrite mayWrite, DatabaseClient database) {
        this.mayWrite = mayWrite;
        this.database = database;
    }

    /** The reason why it will not be sent, which is stored with it; empty when it is planned. Joins the transaction of its caller. */
    public Mono<SkipReason> plan(
            UUID workspaceId, UUID contactId, @Nullable UUID orderId, UUID invitationId, Instant now) {
        var candidate = new Candidate(
                Key.nextId(), contactId, orderId, invitationId, null, Purpose.QUESTIONS, SendKind.ASK, null, now);
        return plan(workspaceId, candidate);
    }

    /**
     * Plans what somebody gets as a service, and gives the id of the send, whether it goes out or why it does not stands there. Joins the transaction of its caller.
     *
     * @param orderId the order that it is about; null where it is about none
     */
    public Mono<UUID> service(UUID workspaceId, UUID contactId, @Nullable UUID orderId, SendKind kind, Instant now) {
        var candidate = new Candidate(Key.nextId(), contactId, orderId, null, null, Purpose.SERVICE, kind, null, now);
        return plan(workspaceId, candidate).then(Mono.just(candidate.sendId()));
    }

    private Mono<SkipReason> plan(UUID workspaceId, Candidate candidate) {
        return mayWrite.refusedForPlanning(workspaceId, List.of(candidate)).flatMap(refused -> {
            var reason = refused.get(candidate.sendId());
            return insert(workspaceId, candidate, reason).then(Mono.justOrEmpty(reason));
        });
    }

    private Mono<Void> insert(UUID workspaceId, Candidate candidate, @Nullable SkipReason reason) {
        var insert = database.sql("""
                        insert into send (workspace_id, id, invitation_id, contact_id, order_id, purpose, step, kind, state, skip_reason, due_at, not_after, finished_at, created_at)
                        values ($1, $2, $3, $4, $5, $6, $13, $7, $8, $9, $10, $11, $12, $10)
                        """)
                .bind(0, workspaceId)
                .bind(1, candidate.sendId())
                .bind(3, candidate.contactId())
                .bind(5, candidate.purpose().code())
                .bind(6, candidate.kind().code())
                .bind(7, (reason == null ? SendState.PLANNED : SendState.SKIPPED).code())
                .bind(9, candidate.at())
                .bind(10, candidate.at().plus(LATEST))
                .bind(
                        12,
                        candidate.kind() == SendKind.ASK
                                ? candidate.purpose().code()
                                : candidate.kind().code());
        insert = candidate.invitationId() == null
                ? insert.bindNull(2, UUID.class)
                : insert.bind(2, candidate.invitationId());
        insert = candidate.orderId() == null ? insert.bindNull(4, UUID.class) : insert.bind(4, candidate.orderId());
        insert = reason == null
                ? insert.bindNull(8, String.class).bindNull(11, Instant.class)
                : insert.bind(8, reason.code()).bind(11, candidate.at());
        return insert.then();
    }
}
