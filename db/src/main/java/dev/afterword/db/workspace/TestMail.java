package dev.afterword.db.workspace;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest test mail that somebody of a workspace asked for, and what became of it.
 *
 * @param sentAt when a mail server took it; null as long as none did
 * @param error what the server said to the last try
 */
public record TestMail(
        Instant askedAt, @Nullable Instant sentAt, @Nullable String error) {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    public boolean sent() {
        return sentAt != null;
    }

    /** A worker takes seconds: after a minute without a word there is none, or it knows no mail server. */
    public boolean late(Instant now) {
        return sentAt == null && error == null && askedAt.plus(PATIENCE).isBefore(now);
    }
}
