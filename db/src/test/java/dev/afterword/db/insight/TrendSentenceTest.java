package dev.afterword.db.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.afterword.db.Scores;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendSentenceTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final Scores GOOD = csat(2, 3, 8, 30, 57);
    private static final Scores BAD = csat(40, 20, 20, 10, 10);

    @Test
    void saysWhatLateParcelsCost() {
        // Olist: on time 4.273, late 2.177
        var sentence = TrendSentence.of(by(
                Dimension.DELIVERY, one("on-time", GOOD), one("late", BAD), one("undelivered", csat(1, 0, 0, 0, 0))));

        assertThat(sentence.key()).isEqualTo("trend.sentence.late.satisfaction");
        assertThat((Double) sentence.arguments().getFirst()).isCloseTo(GOOD.mean() - BAD.mean(), within(1e-9));
    }

    @Test
    void claimsNoCostWithoutProof() {
        assertThat(TrendSentence.of(by(Dimension.DELIVERY, one("on-time", GOOD), one("late", GOOD)))
                        .key())
                .isEqualTo("trend.sentence.alike.satisfaction");
        assertThat(TrendSentence.of(by(
                                Dimension.DELIVERY,
                                one("on-time", csat(1, 1, 1, 2, 2)),
                                one("late", csat(1, 1, 1, 1, 1))))
                        .key())
                .isEqualTo("trend.sentence.few.satisfaction");
    }

    @Test
    void namesTheSegmentThatStandsOut() {
        var sentence =
                TrendSentence.of(by(Dimension.CATEGORY, one("kitchen", GOOD), one("glass", BAD), one("garden", GOOD)));

        assertThat(sentence.key()).isEqualTo("trend.sentence.lowest.satisfaction");
        assertThat(sentence.segment()).contains("glass");
    }

    @Test
    void seesAWeekThatIsOver() {
        var sentence = TrendSentence.of(weeks(GOOD, GOOD, GOOD, BAD, GOOD, GOOD));

        assertThat(sentence.key()).isEqualTo("trend.sentence.dip-week.satisfaction");
        assertThat(sentence.arguments().getFirst()).isEqualTo(MONDAY.plusWeeks(3));
    }

    @Test
    void seesAFallThatLasts() {
        var sentence = TrendSentence.of(weeks(GOOD, GOOD, GOOD, BAD, BAD, BAD));

        assertThat(sentence.key()).isEqualTo("trend.sentence.fall.satisfaction");
        assertThat((Double) sentence.arguments().get(1)).isCloseTo(BAD.mean(), within(1e-9));
    }

    @Test
    void saysThatNothingChanged() {
        assertThat(TrendSentence.of(weeks(GOOD, GOOD, GOOD, GOOD)).key())
                .isEqualTo("trend.sentence.steady.satisfaction");
    }

    @Test
    void givesTheFigureOfOneBucket() {
        assertThat(TrendSentence.of(weeks(GOOD)).key()).isEqualTo("trend.sentence.figure.satisfaction");
    }

    @Test
    void saysHowManyAnswersAreMissing() {
        assertThat(TrendSentence.of(weeks(csat(1, 1, 1, 1, 1))))
                .isEqualTo(new TrendSentence(
                        "trend.sentence.few.satisfaction", List.of(5L, 12L), java.util.Optional.empty()));
        assertThat(TrendSentence.of(weeks()).key()).isEqualTo("trend.sentence.few.satisfaction");
    }

    private static Trend weeks(Scores... weeks) {
        var buckets = new ArrayList<Trend.Bucket>();
        for (int week = 0; week < weeks.length; week++) {
            buckets.add(bucket(MONDAY.plusWeeks(week), weeks[week]));
        }
        return trend(null, List.of(new Trend.Series(null, buckets)));
    }

    private static Trend by(Dimension dimension, Trend.Series... series) {
        return trend(dimension, List.of(series));
    }

    private static Trend.Series one(String segment, Scores scores) {
        return new Trend.Series(segment, List.of(bucket(MONDAY, scores)));
    }

    private static Trend.Bucket bucket(LocalDate from, Scores scores) {
        return new Trend.Bucket(from, Metric.MEAN.of(scores), scores, false);
    }

    private static Trend trend(Dimension by, List<Trend.Series> series) {
        return new Trend(
                "post-purchase",
                "satisfaction",
                Metric.MEAN,
                Interval.WEEK,
                MONDAY,
                MONDAY.plusMonths(2),
                by,
                1,
                5,
                series,
                0,
                0);
    }

    private static Scores csat(long... counts) {
        return new Scores(1, Arrays.stream(counts).boxed().toList());
    }
}
