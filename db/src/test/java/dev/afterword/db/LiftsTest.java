package dev.afterword.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.afterword.db.Lift.Verdict;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What is said of a follow-up holds: against published figures, and against campaigns whose effect is known because it was planted. */
class LiftsTest {
    private static final Offset<Double> CLOSE = within(0.006);

    @Test
    void meetsTheFiguresOfNewcombe() {
        holds(Lifts.shares(56, 70, 48, 80), 20, 5.24, 33.39);
        holds(Lifts.shares(9, 10, 3, 10), 60, 17.05, 80.90);
        holds(Lifts.shares(6, 7, 2, 7), 57.14, 5.82, 80.62);
        holds(Lifts.shares(5, 56, 0, 29), 8.93, -3.81, 19.26);
        holds(Lifts.shares(0, 10, 0, 10), 0, -27.75, 27.75);
    }

    @Test
    void saysNothingOfNobody() {
        assertThat(Lifts.shares(1, 5, 0, 0).verdict()).isEqualTo(Verdict.OPEN);
        assertThat(Lifts.means(new Amounts(40, 100, 900), Amounts.NONE).verdict())
                .isEqualTo(Verdict.OPEN);
        assertThat(Lifts.shares(5, 5, 0, 5).verdict()).isEqualTo(Verdict.OPEN);
    }

    /** 10 % against 12 % with groups of the same size: 3,841 in each, as textbooks and calculators say. */
    @Test
    void knowsHowManyAreNeeded() {
        assertThat(Lifts.neededForShares(0.10, 0.02, 1)).isEqualTo(3841);
        assertThat(Lifts.neededForShares(0.10, 0.02, 9)).isBetween(1_900L, 2_300L);
    }

    @Test
    void knowsHowLongThatTakes() {
        var open = Lifts.shares(90, 900, 9, 100);
        assertThat(open.verdict()).isEqualTo(Verdict.OPEN);
        assertThat(open.weeks(10)).isEqualTo((long) Math.ceil((open.needed() - 100) / 10.0));
        assertThat(open.weeks(0)).isNull();
        assertThat(Lifts.shares(300, 900, 9, 100).weeks(10)).isNull();
    }

    /** 2,000 campaigns for each of nine plants: within Monte Carlo error of 95 %, three standard errors are 1.5 points. */
    @Test
    void holdsThePlantedShareInNineteenOfTwentyCampaigns() {
        for (int[] groups : new int[][] {{270, 30}, {900, 100}, {4_500, 500}}) {
            for (double[] plant : new double[][] {{0.05, 0}, {0.05, 0.04}, {0.30, 0.10}}) {
                assertThat(coverage(groups[0], groups[1], plant[0], plant[1], 2_000))
                        .as("%d and %d people, %.2f and %.2f more", groups[0], groups[1], plant[0], plant[1])
                        .isGreaterThan(0.935);
            }
        }
    }

    private static double coverage(int tried, int held, double base, double lift, int runs) {
        var random = new SplittableRandom(7);
        var one = BinomialDistribution.of(tried, base + lift).createSampler(random::nextLong);
        var two = BinomialDistribution.of(held, base).createSampler(random::nextLong);
        int held95 = 0;
        for (int run = 0; run < runs; run++) {
            var found = Lifts.shares(one.sample(), tried, two.sample(), held);
            held95 += found.low() <= 100 * lift && 100 * lift <= found.high() ? 1 : 0;
        }
        return (double) held95 / runs;
    }

    /** Of 2,000 campaigns that change nothing, with enough people: at most one in twenty is called something else, and the rest are called so. */
    @Test
    void callsACampaignWithoutEffectSo() {
        var verdicts = verdicts(9_000, 3_000, 0.20, 0);
        assertThat(verdicts[Verdict.NONE.ordinal()]).isGreaterThan(1_870);
        assertThat(verdicts[Verdict.MORE.ordinal()] + verdicts[Verdict.LESS.ordinal()])
                .isLessThan(130);
        assertThat(verdicts(270, 30, 0.20, 0)[Verdict.NONE.ordinal()]).isZero();
    }

    @Test
    void findsAnEffectThatMattersInFourOfFiveCampaigns() {
        var needed = (int) Lifts.neededForShares(0.20, 0.04, 3);
        assertThat(verdicts(3 * needed, needed, 0.20, 0.04)[Verdict.MORE.ordinal()])
                .isGreaterThan(1_520);
    }

    private static int[] verdicts(int tried, int held, double base, double lift) {
        var random = new SplittableRandom(11);
        var one = BinomialDistribution.of(tried, base + lift).createSampler(random::nextLong);
        var two = BinomialDistribution.of(held, base).createSampler(random::nextLong);
        var verdicts = new int[Verdict.values().length];
        for (int run = 0; run < 2_000; run++) {
            verdicts[
                    Lifts.shares(one.sample(), tried, two.sample(), held)
                            .verdict()
                            .ordinal()]++;
        }
        return verdicts;
    }

    /** Orders of 20 to 120, of 8 and 10 of 100 people: 2,000 campaigns, money for each person. */
    @Test
    void holdsThePlantedMoneyInNearlyNineteenOfTwentyCampaigns() {
        var random = new SplittableRandom(13);
        int held95 = 0;
        for (int run = 0; run < 2_000; run++) {
            var found = Lifts.means(amounts(random, 1_800, 0.10), amounts(random, 600, 0.08));
            held95 += found.low() <= 1.4 && 1.4 <= found.high() ? 1 : 0;
        }
        assertThat(held95 / 2_000.0).isBetween(0.935, 0.965);
    }

    private static Amounts amounts(SplittableRandom random, int people, double share) {
        double sum = 0;
        double squares = 0;
        for (int n = 0; n < people; n++) {
            double spent = random.nextDouble() < share ? 20 + 100 * random.nextDouble() : 0;
            sum += spent;
            squares += spent * spent;
        }
        return new Amounts(people, sum, squares);
    }

    private static void holds(Lift lift, double value, double low, double high) {
        assertThat(lift.value()).isCloseTo(value, CLOSE);
        assertThat(lift.low()).isCloseTo(low, CLOSE);
        assertThat(lift.high()).isCloseTo(high, CLOSE);
    }
}
