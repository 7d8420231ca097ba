package dev.afterword.db.event;

import dev.afterword.db.Key;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, in ids only, never personal data.
 *
 * @param subjectId the order, response, contact or send that it is about
 * @param imported imported history, which never makes anything go out
 * @param position its place in the workspace's line; null until numbered
 */
public record Event(
        Key key,
        EventKind kind,
        UUID subjectId,
        @Nullable UUID contactId,
        boolean imported,
        @Nullable Long position,
        Instant createdAt) {

    public static Event of(
            UUID workspaceId, EventKind kind, UUID subjectId, @Nullable UUID contactId, boolean imported, Instant at) {
        return new Event(Key.next(workspaceId), kind, subjectId, contactId, imported, null, at);
    }
}
