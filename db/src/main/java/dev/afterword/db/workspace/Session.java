package dev.afterword.db.workspace;

import dev.afterword.db.Conflict;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A signed-in browser.
 *
 * @param hash SHA-256 of the id that the browser's cookie holds; the id itself is kept nowhere
 * @param device what it said it is, as “Firefox · Linux”; may be empty
 * @param csrfToken what every form of this session carries
 * @param freshAt when they last proved who they are
 * @param workspaceId the workspace whose provider vouched for them, and the only one that it opens; null where they signed in themselves
 */
public record Session(
        String hash,
        UUID staffId,
        String name,
        String email,
        String device,
        String csrfToken,
        Instant createdAt,
        Instant lastSeenAt,
        Instant freshAt,
        @Nullable UUID workspaceId) {
    /** A session ends after so long without a request. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    /** So long after they proved who they are, people may do what cannot be undone. */
    public static final Duration FRESH = Duration.ofMinutes(10);

    /** And after so long whatever happens. */
    public static final Duration IN_ALL = Duration.ofHours(12);

    /** Whether a workspace's provider vouched for them. */
    public boolean byProvider() {
        return workspaceId != null;
    }

    /** Whether it opens that workspace to those who belong to it. */
    public boolean opens(UUID workspace) {
        return workspaceId == null || workspaceId.equals(workspace);
    }

    /** What is somebody's own, whatever the workspace, is no provider's to change: otherwise a conflict, {@code session.by-provider}. */
    public void ofThePerson() {
        if (byProvider()) {
            throw new Conflict("session.by-provider");
        }
    }

    public boolean fresh(Instant now) {
        return freshAt.plus(FRESH).isAfter(now);
    }
}
