package dev.afterword.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {
    private static final Offset<Double> CLOSE = within(0.005);

    @ParameterizedTest
    @CsvSource({
        "110, 60, 30, 40.00, 29.28, 49.53",
        "32, 13, 6, 50.98, 29.29, 67.00",
        "480, 320, 200, 28.00, 23.12, 32.72",
        "5, 0, 0, 100, 17.49, 100"
    })
    void computesNpsWithTheAdjustedWaldInterval(
            long promoters, long passives, long detractors, double value, double low, double high) {
        var nps = Statistics.nps(promoters, passives, detractors);

        assertThat(nps.n()).isEqualTo(promoters + passives + detractors);
        assertThat(nps.value()).isCloseTo(value, CLOSE);
        assertThat(nps.low()).isCloseTo(low, CLOSE);
        assertThat(nps.high()).isCloseTo(high, CLOSE);
    }

    @Test
    void bandsNpsAsTheFieldDoes() {
        assertThat(Statistics.nps(new Scores(0, List.of(1L, 1L, 1L, 1L, 1L, 1L, 1L, 10L, 10L, 20L, 20L))))
                .isEqualTo(Statistics.nps(40, 20, 7));
    }

    @Test
    void doesNotCallFortyAgainstTwentyFiveADifference() {
        var difference = Statistics.npsDifference(nps(110, 60, 30), nps(95, 60, 45));

        assertThat(difference.value()).isCloseTo(14.78, CLOSE);
        assertThat(difference.error()).isCloseTo(7.62, CLOSE);
        assertThat(difference.value() / difference.error()).isCloseTo(1.94, CLOSE);
        assertThat(difference.significant()).isFalse();
        assertThat(difference.p()).isCloseTo(0.0525, within(0.0005));
    }

    @ParameterizedTest
    @CsvSource({"42, 50, 71.49, 91.66", "0, 5, 0, 43.45", "5, 5, 56.55, 100"})
    void computesSharesWithTheWilsonInterval(long part, long whole, double low, double high) {
        var share = Statistics.share(part, whole);

        assertThat(share.value()).isCloseTo(100.0 * part / whole, CLOSE);
        assertThat(share.low()).isCloseTo(low, CLOSE);
        assertThat(share.high()).isCloseTo(high, CLOSE);
    }

    @Test
    void takesTheUpperTwoScoresForSatisfied() {
        assertThat(Statistics.csat(csat(1, 2, 3, 4, 5))).isEqualTo(Statistics.share(9, 15));
    }

    @Test
    void computesTheMeanWithTheTInterval() {
        // 1, 2, 3, 4, 5: mean 3, s = √2.5, t(4; 0.975) = 2.776445
        var mean = Statistics.mean(csat(1, 1, 1, 1, 1));

        assertThat(mean.value()).isEqualTo(3);
        assertThat(mean.low()).isCloseTo(3 - 2.776445 * Math.sqrt(2.5 / 5), within(1e-6));
        assertThat(mean.high()).isCloseTo(3 + 2.776445 * Math.sqrt(2.5 / 5), within(1e-6));
    }

    @Test
    void comparesMeansAfterWelch() {
        // both variances 0.7, so the error is √0.28 and t = 2.4 / √0.28 with 8 degrees of freedom
        var difference = Statistics.meanDifference(csat(0, 0, 1, 2, 2), csat(2, 2, 1, 0, 0));

        assertThat(difference.value()).isCloseTo(2.4, within(1e-9));
        assertThat(difference.value() / difference.error()).isCloseTo(4.5356, within(0.0005));
        assertThat(difference.p()).isCloseTo(0.0019, within(0.0001));
    }

    @Test
    void comparesSharesWithAPooledVariance() {
        // pooled 45 of 110: z = -0.2 / √(0.4091 · 0.5909 · (1/50 + 1/60)) = -2.1243
        var difference = Statistics.shareDifference(15, 50, 30, 60);

        assertThat(difference.value()).isCloseTo(-20, within(1e-9));
        assertThat(difference.p()).isCloseTo(0.03364, within(0.0001));
        assertThat(difference.significant()).isTrue();
    }

    @Test
    void adjustsManyComparisonsAfterHolm() {
        assertThat(Statistics.holm(List.of(0.01, 0.04, 0.03, 0.005))).satisfies(adjusted -> {
            assertThat(adjusted.get(0)).isCloseTo(0.03, within(1e-9));
            assertThat(adjusted.get(1)).isCloseTo(0.06, within(1e-9));
            assertThat(adjusted.get(2)).isCloseTo(0.06, within(1e-9));
            assertThat(adjusted.get(3)).isCloseTo(0.02, within(1e-9));
        });
    }

    @Test
    void saysNothingWithoutAnswersAndGivesNoIntervalForOne() {
        assertThat(Statistics.nps(0, 0, 0)).isEqualTo(Estimate.NONE);
        assertThat(Statistics.share(0, 0)).isEqualTo(Estimate.NONE);
        assertThat(Statistics.mean(csat(0, 0, 0, 0, 0))).isEqualTo(Estimate.NONE);
        assertThat(Statistics.mean(csat(0, 0, 0, 0, 1))).isEqualTo(new Estimate(1, 5.0, null, null));
    }

    @Test
    void doesNotPretendToBeSureWhenEverybodyAnsweredTheSame() {
        // 0 of 5 may be up to 43.45 % (Wilson): 5 − 4 × 0.4345
        assertThat(Statistics.mean(csat(0, 0, 0, 0, 5)).low()).isCloseTo(3.262, within(0.001));
    }

    @Test
    void asksForAsManyAnswersAsKeepAnIntervalWithinHalfTheScale() {
        assertThat(widestShare(Estimate.ENOUGH)).isLessThanOrEqualTo(50);
        assertThat(widestShare(Estimate.ENOUGH - 1)).isGreaterThan(50);
        assertThat(Statistics.nps(6, 0, 6).high() - Statistics.nps(6, 0, 6).low())
                .isLessThanOrEqualTo(100);
    }

    /** At p = 0.5; for an odd n the centre lies between two counts, so the formula itself. */
    private static double widestShare(int n) {
        return 100 * 1.959964 / Math.sqrt(n + 1.959964 * 1.959964);
    }

    @Property(tries = 200)
    void keepsEveryIntervalOnItsScaleAndAroundItsMean(
            @ForAll @Size(5) List<@IntRange(min = 0, max = 40) Integer> counts) {
        var scores = new Scores(1, counts.stream().map(Integer::longValue).toList());
        for (var estimate : new ArrayList<>(List.of(Statistics.mean(scores), Statistics.csat(scores)))) {
            if (estimate.low() != null && estimate.high() != null) {
                assertThat(estimate.value()).isBetween(estimate.low() - 1e-9, estimate.high() + 1e-9);
            }
        }
        var mean = Statistics.mean(scores);
        if (mean.low() != null) {
            assertThat(mean.low()).isGreaterThanOrEqualTo(1);
            assertThat(mean.high()).isLessThanOrEqualTo(5);
        }
    }

    private static Scores csat(long... counts) {
        return new Scores(1, java.util.Arrays.stream(counts).boxed().toList());
    }

    private static Scores nps(long promoters, long passives, long detractors) {
        return new Scores(0, List.of(detractors, 0L, 0L, 0L, 0L, 0L, 0L, passives, 0L, promoters, 0L));
    }
}
