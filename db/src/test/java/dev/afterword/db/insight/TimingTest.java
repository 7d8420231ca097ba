package dev.afterword.db.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.insight.PartialPooling.Cell;
import dev.afterword.db.insight.PartialPooling.Tally;
import dev.afterword.db.insight.Timing.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

/** Few orders teach something about each product group, because the others are heard too; and nothing is said that is not likely. */
class TimingTest {
    private static final String[] HOURS = {"06", "09", "12", "15", "18", "21"};
    private static final int GROUPS = 8;

    /** A year of a shop with 300 orders a month: 75 questions for each of eight groups and six hours. Evening is 6 points better, groups differ. */
    private static List<Cell> shop(SplittableRandom random, double[][] truth, double evening, int orders) {
        var cells = new ArrayList<Cell>();
        for (int group = 0; group < GROUPS; group++) {
            double ofGroup = 0.14 + 0.02 * group;
            for (int hour = 0; hour < HOURS.length; hour++) {
                truth[group][hour] = ofGroup
                        + (HOURS[hour].equals("18") ? evening : 0)
                        + (evening == 0 ? 0 : 0.02 * (random.nextDouble() - 0.5));
                int n = orders / GROUPS / HOURS.length;
                int reached = BinomialDistribution.of(n, truth[group][hour])
                        .createSampler(random::nextLong)
                        .sample();
                cells.add(new Cell("g" + group, HOURS[hour], new Tally(n, reached)));
            }
        }
        return cells;
    }

    @Test
    void isNearerToTheTruthThanEachGroupAloneAndHoldsItInItsInterval() {
        var random = new SplittableRandom(3);
        double pooledError = 0;
        double ownError = 0;
        int held = 0;
        int all = 0;
        for (int run = 0; run < 60; run++) {
            var truth = new double[GROUPS][HOURS.length];
            var cells = shop(random, truth, 0.06, 3_600);
            var pooling = PartialPooling.of(cells);
            for (int at = 0; at < cells.size(); at++) {
                var cell = cells.get(at);
                double real = 100 * truth[at / HOURS.length][at % HOURS.length];
                var found = pooling.estimate(cell.group(), cell.level(), cell.tally());
                pooledError += Math.pow(found.value() - real, 2);
                ownError +=
                        Math.pow(100.0 * cell.tally().reached() / cell.tally().n() - real, 2);
                held += found.low() <= real && real <= found.high() ? 1 : 0;
                all++;
            }
        }
        assertThat(pooledError).isLessThan(ownError / 2);
        assertThat(held / (double) all).isGreaterThan(0.9);
    }

    @Test
    void learnsTheBetterHourFromThreeHundredOrdersAMonth() {
        int found = 0;
        for (int run = 0; run < 40; run++) {
            found += "18".equals(timing(new SplittableRandom(100 + run), 0.06).better()) ? 1 : 0;
        }
        assertThat(found).isGreaterThan(28);
    }

    @Test
    void seldomProposesAnHourWhereNoneIsBetter() {
        int wrong = 0;
        int groups = 0;
        for (int run = 0; run < 40; run++) {
            var timing = timing(new SplittableRandom(500 + run), 0);
            wrong += timing.better() == null ? 0 : 1;
            groups +=
                    (int) timing.groups().stream().filter(Timing.Group::better).count();
        }
        assertThat(wrong).isLessThan(8);
        assertThat(groups / (40.0 * GROUPS)).isLessThan(0.1);
    }

    private static Timing timing(SplittableRandom random, double evening) {
        var asked = shop(random, new double[GROUPS][HOURS.length], evening, 3_600).stream()
                .map(cell -> new Asked(
                        cell.group(),
                        "en",
                        cell.level(),
                        cell.tally().n(),
                        cell.tally().reached()))
                .toList();
        var withUsual = new ArrayList<>(asked);
        withUsual.add(new Asked("g0", "en", "09", 400, 60));
        return Timing.of(withUsual);
    }

    @Test
    void saysNothingOfNothing() {
        var timing = Timing.of(List.of(new Asked("", "", "09", 3, 1)));
        assertThat(timing.better()).isNull();
        assertThat(timing.levels()).hasSize(1);
    }
}
