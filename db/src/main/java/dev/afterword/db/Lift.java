package dev.afterword.db;

import org.jspecify.annotations.Nullable;

/**
 * How much more one group of people did than another that was drawn by lot, with its 95 % interval.
 *
 * @param value the first minus the second, in percentage points for shares, in money for amounts; null where one of them is empty
 * @param n people in the first group
 * @param against people in the second
 * @param needed people in the smaller group from which on a difference that matters would be found in four of five cases; null where that cannot be said
 */
public record Lift(
        @Nullable Double value,
        @Nullable Double low,
        @Nullable Double high,
        long n,
        long against,
        @Nullable Long needed) {
    /** What may be said. */
    public enum Verdict {
        MORE,
        LESS,
        /** There were enough people to find a difference that matters, and there was none. */
        NONE,
        /** Not enough people to say anything. */
        OPEN
    }

    public Verdict verdict() {
        if (low == null || high == null || Math.min(n, against) < Estimate.ENOUGH) {
            return Verdict.OPEN;
        }
        if (low > 0) {
            return Verdict.MORE;
        }
        if (high < 0) {
            return Verdict.LESS;
        }
        return needed != null && Math.min(n, against) >= needed ? Verdict.NONE : Verdict.OPEN;
    }

    /**
     * About how many weeks are missing until something may be said; null where that cannot be known or nothing is missing.
     *
     * @param smallerAWeek people a week who come to the smaller group
     */
    public @Nullable Long weeks(double smallerAWeek) {
        if (verdict() != Verdict.OPEN || needed == null || smallerAWeek <= 0) {
            return null;
        }
        long missing = Math.max(needed, Estimate.ENOUGH) - Math.min(n, against);
        return missing <= 0 ? null : (long) Math.ceil(missing / smallerAWeek);
    }
}
