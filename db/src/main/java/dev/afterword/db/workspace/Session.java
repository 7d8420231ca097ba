package dev.afterword.db.workspace;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A signed-in browser.
 *
 * @param hash SHA-256 of the id that the browser's cookie holds; the id itself is kept nowhere
 * @param device what it said it is, as “Firefox · Linux”; may be empty
 * @param csrfToken what every form of this session carries
 * @param freshAt when they last proved who they are
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
        Instant freshAt) {
    /** A session ends after so long without a request. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    /** So long after they proved who they are, people may do what cannot be undone. */
    public static final Duration FRESH = Duration.ofMinutes(10);

    /** And after so long whatever happens. */
    public static final Duration IN_ALL = Duration.ofHours(12);

    public boolean fresh(Instant now) {
        return freshAt.plus(FRESH).isAfter(now);
    }
}
