package dev.afterword.db.insight;

import dev.afterword.db.Estimate;
import dev.afterword.db.Statistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * Rates of many small groups under several conditions, each drawn towards what is known of all the others as far as the groups resemble each other: what a few
 * orders cannot tell for themselves they tell together. A rate is expected to be that of its condition and that of its group together (added as log odds); how far
 * rates keep away from that is estimated from the rates themselves (beta-binomial; Kleinman 1973, JASA 68, 46–54), and sets how far one is drawn.
 */
final class PartialPooling {
    /** Even where all groups look the same they may differ a little, and where they look wild they still are of one shop. */
    private static final double LEAST_SPREAD = 0.0005;

    private static final double MOST_SPREAD = 0.5;
    private static final int POINTS = 200;

    private final long all;
    private final double overall;
    private final Map<String, Tally> levels;
    private final Map<String, Tally> groups;
    private final double ofLevels;
    private final double ofGroups;
    private final double ofCells;

    private PartialPooling(List<Cell> cells) {
        var all = cells.stream().map(Cell::tally).reduce(Tally.NONE, Tally::plus);
        this.all = all.n;
        this.overall = (all.reached + 0.5) / (all.n + 1.0);
        this.levels = sums(cells, Cell::level);
        this.groups = sums(cells, Cell::group);
        this.ofLevels = weight(List.copyOf(levels.values()), overall);
        this.ofGroups = weight(List.copyOf(groups.values()), overall);
        this.ofCells = weight(cells.stream().map(Cell::tally).toList(), overall);
    }

    /** Of so many so many reached what was wanted. */
    record Tally(long n, long reached) {
        static final Tally NONE = new Tally(0, 0);

        Tally plus(Tally other) {
            return new Tally(n + other.n, reached + other.reached);
        }
    }

    /** A group under a condition, as kitchen at 18 o’clock. */
    record Cell(String group, String level, Tally tally) {}

    static PartialPooling of(List<Cell> cells) {
        return new PartialPooling(cells);
    }

    /** The conditions over all groups, in percent. */
    Map<String, Estimate> levels() {
        var found = new LinkedHashMap<String, Estimate>();
        levels.forEach((level, tally) -> found.put(level, estimate(believed(tally, overall, ofLevels), tally.n)));
        return found;
    }

    /** A group under a condition, in percent; of one that was never tried what is expected. */
    Estimate estimate(String group, String level, Tally own) {
        return estimate(believed(group, level, own), own.n);
    }

    /** The chance that the first condition is better for a group than the second. */
    double chance(String group, String first, Tally ofFirst, String second, Tally ofSecond) {
        return chance(believed(group, first, ofFirst), believed(group, second, ofSecond));
    }

    /** The same over all groups. */
    double chance(String first, String second) {
        return chance(
                believed(levels.getOrDefault(first, Tally.NONE), overall, ofLevels),
                believed(levels.getOrDefault(second, Tally.NONE), overall, ofLevels));
    }

    private static double chance(BetaDistribution one, BetaDistribution other) {
        double sum = 0;
        for (int point = 0; point < POINTS; point++) {
            sum += other.cumulativeProbability(one.inverseCumulativeProbability((point + 0.5) / POINTS));
        }
        return sum / POINTS;
    }

    private BetaDistribution believed(String group, String level, Tally own) {
        double expected = odds(mean(levels.getOrDefault(level, Tally.NONE), ofLevels))
                + odds(mean(groups.getOrDefault(group, Tally.NONE), ofGroups))
                - odds(overall);
        return believed(own, 1 / (1 + Math.exp(-expected)), ofCells);
    }

    private double mean(Tally tally, double weight) {
        return (tally.reached + weight * overall) / (tally.n + weight);
    }

    private static double odds(double share) {
        return Math.log(share / (1 - share));
    }

    /** What the others show weighs at most as much as there are others: nobody is heard twice. */
    private BetaDistribution believed(Tally own, double expected, double most) {
        double weight = Math.clamp((double) (all - own.n), 1, most);
        return BetaDistribution.of(own.reached + weight * expected, own.n - own.reached + weight * (1 - expected));
    }

    private static Estimate estimate(BetaDistribution believed, long n) {
        return new Estimate(
                n,
                100 * believed.getMean(),
                100 * believed.inverseCumulativeProbability(Statistics.ALPHA / 2),
                100 * believed.inverseCumulativeProbability(1 - Statistics.ALPHA / 2));
    }

    /** As many people as what is expected weighs: few where rates differ much. */
    private static double weight(List<Tally> tallies, double mean) {
        double n = tallies.stream().mapToLong(Tally::n).sum();
        double spread = 0;
        double chance = 0;
        double room = 0;
        for (var tally : tallies) {
            if (tally.n > 0) {
                double rate = (double) tally.reached / tally.n;
                spread += tally.n * (rate - mean) * (rate - mean);
                chance += 1 - tally.n / n;
                room += tally.n * (1 - tally.n / n);
            }
        }
        double binomial = mean * (1 - mean);
        double between =
                room - chance <= 0 ? LEAST_SPREAD : (spread - binomial * chance) / (binomial * (room - chance));
        return 1 / Math.clamp(between, LEAST_SPREAD, MOST_SPREAD) - 1;
    }

    private static Map<String, Tally> sums(List<Cell> cells, Function<Cell, String> by) {
        var sums = new LinkedHashMap<String, Tally>();
        cells.forEach(cell -> sums.merge(by.apply(cell), cell.tally, Tally::plus));
        return sums;
    }
}
