package dev.afterword.db;

import org.jspecify.annotations.Nullable;

/**
 * What became of one line of an import, or of one order sent alone.
 *
 * @param problem why it failed; null unless it did
 */
public record LineResult(Outcome outcome, @Nullable Problem problem) {
    public static final LineResult CREATED = new LineResult(Outcome.CREATED, null);
    public static final LineResult UPDATED = new LineResult(Outcome.UPDATED, null);
    public static final LineResult UNCHANGED = new LineResult(Outcome.UNCHANGED, null);

    /** What can become of a line. */
    public enum Outcome {
        CREATED,
        UPDATED,
        UNCHANGED,
        FAILED
    }

    public static LineResult failed(Problem problem) {
        return new LineResult(Outcome.FAILED, problem);
    }

    public static LineResult updated(boolean changed) {
        return changed ? UPDATED : UNCHANGED;
    }
}
