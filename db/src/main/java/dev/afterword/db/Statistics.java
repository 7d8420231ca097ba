package dev.afterword.db;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/** Figures, their 95 % intervals, and comparisons, from counts alone. NPS is in points from -100 to 100, shares are in percent. */
public final class Statistics {
    /** What may be claimed is wrong once in twenty times. */
    public static final double ALPHA = 0.05;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double Z = NORMAL.inverseSurvivalProbability(ALPHA / 2);

    private Statistics() {}

    /** The NPS of a 0–10 scale: 9–10 are promoters, 0–6 detractors. */
    public static Estimate nps(Scores scores) {
        return nps(scores.between(9, 10), scores.between(7, 8), scores.between(0, 6));
    }

    /** The plain NPS, and beside it the adjusted Wald interval (Rocks 2016, The American Statistician), which is centred elsewhere, cut to ±100. */
    public static Estimate nps(long promoters, long passives, long detractors) {
        var adjusted = AdjustedNps.of(promoters, passives, detractors);
        if (adjusted.n == 0) {
            return Estimate.NONE;
        }
        return new Estimate(
                adjusted.n,
                100.0 * (promoters - detractors) / adjusted.n,
                Math.max(-100, adjusted.value - Z * adjusted.error),
                Math.min(100, adjusted.value + Z * adjusted.error));
    }

    /** The first NPS minus the second, both adjusted: z = (est1 − est2) / √(se1² + se2²). */
    public static Difference npsDifference(Scores first, Scores second) {
        var one = AdjustedNps.of(first);
        var two = AdjustedNps.of(second);
        return normalDifference(one.value - two.value, Math.hypot(one.error, two.error));
    }

    /** The share, in percent, of those who are satisfied: 4 and 5 of a 1–5 scale, in general its upper two scores. */
    public static Estimate csat(Scores scores) {
        return share(scores.between(scores.highest() - 1, scores.highest()), scores.n());
    }

    public static Difference csatDifference(Scores first, Scores second) {
        return shareDifference(
                first.between(first.highest() - 1, first.highest()),
                first.n(),
                second.between(second.highest() - 1, second.highest()),
                second.n());
    }

    /** A share in percent with its Wilson interval; satisfied customers, or the response rate. */
    public static Estimate share(long part, long whole) {
        if (whole == 0) {
            return Estimate.NONE;
        }
        var interval = BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(
                Math.toIntExact(whole), Math.toIntExact(part), ALPHA);
        return new Estimate(
                whole, 100.0 * part / whole, 100 * interval.getLowerBound(), 100 * interval.getUpperBound());
    }

    /** The first share minus the second, in percent; the two-proportion z test with a pooled variance. */
    public static Difference shareDifference(long part1, long whole1, long part2, long whole2) {
        double pooled = (double) (part1 + part2) / (whole1 + whole2);
        double error = Math.sqrt(pooled * (1 - pooled) * (1.0 / whole1 + 1.0 / whole2));
        return normalDifference(100.0 * part1 / whole1 - 100.0 * part2 / whole2, 100 * error);
    }

    /**
     * The mean score with its t interval, cut to the scale. When everybody answered the same, the t interval would have no width: then it is how far the mean
     * would move if the largest share of others that Wilson allows answered at either end.
     */
    public static Estimate mean(Scores scores) {
        long n = scores.n();
        if (n == 0) {
            return Estimate.NONE;
        }
        double mean = scores.mean();
        if (n == 1) {
            return new Estimate(n, mean, null, null);
        }
        double variance = scores.variance();
        if (variance == 0) {
            double others = BinomialConfidenceInterval.WILSON_SCORE
                    .fromErrorRate(Math.toIntExact(n), 0, ALPHA)
                    .getUpperBound();
            return new Estimate(
                    n, mean, mean - (mean - scores.lowest()) * others, mean + (scores.highest() - mean) * others);
        }
        double half = TDistribution.of(n - 1.0).inverseSurvivalProbability(ALPHA / 2) * Math.sqrt(variance / n);
        return new Estimate(n, mean, Math.max(scores.lowest(), mean - half), Math.min(scores.highest(), mean + half));
    }

    /** The first mean minus the second: Welch's t test, which does not ask for equal variances. Both need two answers. */
    public static Difference meanDifference(Scores first, Scores second) {
        double one = first.variance() / first.n();
        double two = second.variance() / second.n();
        double value = first.mean() - second.mean();
        double error = Math.sqrt(one + two);
        if (error == 0) {
            return normalDifference(value, error);
        }
        double freedom = (one + two) * (one + two) / (one * one / (first.n() - 1) + two * two / (second.n() - 1));
        double p = 2 * TDistribution.of(freedom).survivalProbability(Math.abs(value) / error);
        return new Difference(value, error, p);
    }

    /** The same p values made larger, after Holm, so that many comparisons at once together are wrong once in twenty times. */
    public static List<Double> holm(List<Double> ps) {
        var order = IntStream.range(0, ps.size())
                .boxed()
                .sorted(Comparator.comparing(ps::get))
                .toList();
        var adjusted = new ArrayList<>(Collections.nCopies(ps.size(), 1.0));
        double largest = 0;
        for (int rank = 0; rank < order.size(); rank++) {
            largest = Math.max(largest, Math.min(1, ps.get(order.get(rank)) * (ps.size() - rank)));
            adjusted.set(order.get(rank), largest);
        }
        return adjusted;
    }

    private static Difference normalDifference(double value, double error) {
        if (error == 0) {
            return new Difference(value, error, value == 0 ? 1 : 0);
        }
        return new Difference(value, error, 2 * NORMAL.survivalProbability(Math.abs(value) / error));
    }

    /** The NPS as its interval sees it: three answers more, a quarter of them promoters, a quarter detractors; in points. */
    private record AdjustedNps(long n, double value, double error) {
        static AdjustedNps of(Scores scores) {
            return of(scores.between(9, 10), scores.between(7, 8), scores.between(0, 6));
        }

        static AdjustedNps of(long promoters, long passives, long detractors) {
            long n = promoters + passives + detractors;
            double p = (promoters + 0.75) / (n + 3);
            double d = (detractors + 0.75) / (n + 3);
            double variance = p + d - (p - d) * (p - d);
            return new AdjustedNps(n, 100 * (p - d), 100 * Math.sqrt(variance / (n + 3)));
        }
    }
}
