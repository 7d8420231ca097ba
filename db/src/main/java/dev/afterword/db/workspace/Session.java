package dev.afterword.db.workspace;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A signed-in browser.
 *
 * @param hash SHA-256 of the id that the browser's cookie holds; the id itself is kept nowhere
 * @param csrfToken what every form of this session carries
 */
public record Session(
        String hash, UUID staffId, String name, String email, String csrfToken, Instant createdAt, Instant lastSeenAt) {
    /** A session ends after so long without a request. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    /** And after so long whatever happens. */
    public static final Duration IN_ALL = Duration.ofHours(12);
}
