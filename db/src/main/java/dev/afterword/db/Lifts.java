package dev.afterword.db;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.jspecify.annotations.Nullable;

/** Compares a group that something was tried on with another that was drawn by lot, from counts alone. */
public final class Lifts {
    /** A difference matters from a fifth of what the others do, or from one of a hundred people where that is more. */
    public static final double RELATIVE = 0.2;

    public static final double POINTS = 0.01;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double Z = NORMAL.inverseSurvivalProbability(Statistics.ALPHA / 2);
    /** A difference that matters is found in four of five cases. */
    private static final double Z_POWER = NORMAL.inverseCumulativeProbability(0.8);

    private Lifts() {}

    /**
     * The first share minus the second in percentage points, with Newcombe’s interval from two Wilson intervals (Newcombe 1998, Statistics in Medicine 17, 873–890,
     * method 10): it holds its 95 % for small groups and for shares near 0 too.
     */
    public static Lift shares(long part1, long whole1, long part2, long whole2) {
        if (whole1 == 0 || whole2 == 0) {
            return new Lift(null, null, null, whole1, whole2, null);
        }
        double one = (double) part1 / whole1;
        double two = (double) part2 / whole2;
        var first = BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(
                Math.toIntExact(whole1), Math.toIntExact(part1), Statistics.ALPHA);
        var second = BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(
                Math.toIntExact(whole2), Math.toIntExact(part2), Statistics.ALPHA);
        double down = Math.hypot(one - first.getLowerBound(), second.getUpperBound() - two);
        double up = Math.hypot(first.getUpperBound() - one, two - second.getLowerBound());
        double base = (part2 + 1.0) / (whole2 + 2.0);
        return new Lift(
                100 * (one - two),
                100 * (one - two - down),
                100 * (one - two + up),
                whole1,
                whole2,
                neededForShares(base, Math.max(POINTS, RELATIVE * base), ratio(whole1, whole2)));
    }

    /**
     * The first mean amount minus the second, with Welch’s interval (Welch 1947, Biometrika 34, 28–35), which does not ask for equal variances. Most people spend
     * nothing: with few buyers in a group the interval is somewhat too narrow.
     */
    public static Lift means(Amounts first, Amounts second) {
        if (first.n() < 2 || second.n() < 2) {
            return new Lift(null, null, null, first.n(), second.n(), null);
        }
        double one = first.variance() / first.n();
        double two = second.variance() / second.n();
        double value = first.mean() - second.mean();
        if (one + two == 0) {
            return new Lift(value, null, null, first.n(), second.n(), null);
        }
        double freedom = (one + two) * (one + two) / (one * one / (first.n() - 1) + two * two / (second.n() - 1));
        double half = TDistribution.of(freedom).inverseSurvivalProbability(Statistics.ALPHA / 2) * Math.sqrt(one + two);
        return new Lift(value, value - half, value + half, first.n(), second.n(), neededForMeans(first, second));
    }

    /**
     * People in the smaller group so that a difference of that size is found in four of five cases at 95 % (Fleiss, Levin, Paik 2003, Statistical Methods for
     * Rates and Proportions, 4.2, without the correction for continuity).
     *
     * @param base the share of those who are compared with, 0 to 1
     * @param ratio how many times larger the larger group is
     */
    static long neededForShares(double base, double difference, double ratio) {
        double other = Math.min(1, base + difference);
        double distance = other - base;
        if (distance <= 0) {
            return Long.MAX_VALUE;
        }
        double pooled = (base + ratio * other) / (1 + ratio);
        double root = Z * Math.sqrt((1 + 1 / ratio) * pooled * (1 - pooled))
                + Z_POWER * Math.sqrt(base * (1 - base) + other * (1 - other) / ratio);
        return (long) Math.ceil(root * root / (distance * distance));
    }

    private static @Nullable Long neededForMeans(Amounts first, Amounts second) {
        double matters = RELATIVE * Math.abs(second.mean());
        if (matters == 0) {
            return null;
        }
        var smaller = first.n() < second.n() ? first : second;
        var larger = first.n() < second.n() ? second : first;
        double z = Z + Z_POWER;
        return (long) Math.ceil(
                z * z * (smaller.variance() + larger.variance() / ratio(first.n(), second.n())) / (matters * matters));
    }

    private static double ratio(long one, long other) {
        return (double) Math.max(one, other) / Math.min(one, other);
    }
}
