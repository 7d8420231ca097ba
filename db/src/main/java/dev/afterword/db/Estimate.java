package dev.afterword.db;

import org.jspecify.annotations.Nullable;

/**
 * A figure with the number of answers it rests on and its 95 % interval.
 *
 * @param value null when there is nothing to compute it from
 * @param low null, as {@code high}, when no interval can be computed, as for the mean of one answer
 */
public record Estimate(
        long n,
        @Nullable Double value,
        @Nullable Double low,
        @Nullable Double high) {
    /**
     * With fewer answers a figure is not drawn, compared or put into words. It is the smallest n with which the 95 % Wilson interval of a share can never
     * cover more than half of the scale: its widest is z / √(n + z²), at most 0.5 from n = 3 z² = 11.5 on; the same holds for the NPS.
     */
    public static final int ENOUGH = 12;

    /** No answers, no figure. */
    public static final Estimate NONE = new Estimate(0, null, null, null);

    public boolean enough() {
        return n >= ENOUGH && value != null;
    }
}
