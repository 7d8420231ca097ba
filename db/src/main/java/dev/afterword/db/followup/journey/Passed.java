package dev.afterword.db.followup.journey;

import dev.afterword.db.message.SkipReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step that is behind somebody, apart from messages, which their send tells of.
 *
 * @param way which way was taken, or {@link #TOO_LATE}; null for a step without ways
 */
public record Passed(Instant at, @Nullable String way) {
    /** Instead of a way: it was due so long ago that it was not done. */
    public static final String TOO_LATE = SkipReason.TOO_LATE.code();
}
