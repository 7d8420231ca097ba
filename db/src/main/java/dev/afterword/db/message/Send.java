package dev.afterword.db.message;

import dev.afterword.db.Key;
import dev.afterword.db.workspace.Purpose;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One planned message and what became of it, or a decision not to write.
 *
 * @param step the key of the step of the follow-up
 * @param dueAt when it goes out at the earliest
 * @param notAfter later than this it is no longer sent
 * @param attempt how many times a worker has taken it up
 * @param smtpReply what the receiving server, or the failure, said last
 */
public record Send(
        Key key,
        @Nullable UUID enrollmentId,
        @Nullable UUID followUpId,
        @Nullable UUID invitationId,
        UUID contactId,
        @Nullable UUID orderId,
        Purpose purpose,
        String step,
        SendKind kind,
        SendState state,
        @Nullable SkipReason skipReason,
        Instant dueAt,
        Instant notAfter,
        int attempt,
        @Nullable Integer smtpCode,
        @Nullable String smtpReply,
        @Nullable String messageId,
        @Nullable Instant submittedAt,
        @Nullable Instant finishedAt,
        Instant createdAt) {

    /** What the last check needs to know of this message. */
    public Candidate candidate(Instant at) {
        return new Candidate(key.id(), contactId, orderId, invitationId, followUpId, purpose, kind, null, at);
    }
}
