package dev.afterword.db.inbox.notice;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something to tell staff.
 *
 * @param subjectId the case, response, pool or endpoint that it is about
 * @param occasion tells it from others of its kind about the same; the same occasion is told once
 * @param entryId what was said, in a case
 * @param detail a score or a time; never words of anybody
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
        @Nullable UUID actorId) {}
