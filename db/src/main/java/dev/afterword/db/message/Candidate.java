package dev.afterword.db.message;

import dev.afterword.db.workspace.Purpose;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that might be written to somebody.
 *
 * @param sendId the send's id, or the one it would get
 * @param survey the key of what a question asks; null where its invitation says so
 * @param at when it would go out
 */
public record Candidate(
        UUID sendId,
        UUID contactId,
        @Nullable UUID orderId,
        @Nullable UUID invitationId,
        @Nullable UUID followUpId,
        Purpose purpose,
        SendKind kind,
        @Nullable String survey,
        Instant at) {}
