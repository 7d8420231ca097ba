package dev.afterword.db.followup.journey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step that is behind somebody, apart from messages, which their send tells of.
 *
 * @param way which way was taken; null for a step without ways
 */
public record Passed(Instant at, @Nullable String way) {}
