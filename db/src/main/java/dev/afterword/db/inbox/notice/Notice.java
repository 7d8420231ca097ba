package dev.afterword.db.inbox.notice;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something to tell staff.
 *
 * @param subjectId the case, response, occasion, pool or endpoint that it is about
 * @param occasion tells it from others of its kind about the same; the same occasion is told once
 * @param entryId what was said, in a case
 * @param detail a score, a day, or what is due and when, as {@code first@2026-05-04T08:00:00Z}; never words of anybody
 * @param whom null for everybody whom such things concern
 * @param actorId whose own act it is, who is not told of it
 */
public record Notice(
        NoticeKind kind,
        UUID subjectId,
        String occasion,
        @Nullable UUID entryId,
        @Nullable String detail,
        @Nullable UUID whom,
        @Nullable UUID actorId) {
    /** A warning that would come in a digest after the time that it warns of comes at once. */
    Instant inTime(Instant digest, Instant now) {
        if (kind != NoticeKind.DUE_SOON || detail == null) {
            return digest;
        }
        var due = Instant.parse(detail.substring(detail.indexOf('@') + 1));
        return digest.isAfter(due) ? now : digest;
    }
}
