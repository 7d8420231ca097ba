package dev.afterword.api.insight;

import dev.afterword.db.insight.Dimension;
import dev.afterword.db.insight.Interval;
import dev.afterword.db.insight.Metric;
import dev.afterword.db.insight.Trend;
import dev.afterword.db.response.Standing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A trend as JSON; figures with three decimals.
 *
 * @param unit points, percent or score
 * @param omitted smaller segments that are not shown
 * @param otherwise answers that are left out because the question had another scale then
 * @param responses how many of the period are counted, provisional and discarded; the series rest on the first
 */
record TrendResponse(
        String survey,
        @Nullable String question,
        String metric,
        String unit,
        @Nullable String interval,
        LocalDate from,
        LocalDate to,
        @Nullable String by,
        List<Line> series,
        int omitted,
        long otherwise,
        Map<String, Long> responses) {

    static TrendResponse of(Trend trend, Map<Standing, Long> responses) {
        return new TrendResponse(
                trend.survey(),
                trend.question(),
                trend.metric().code(),
                trend.metric().unit(),
                trend.interval() == Interval.NONE ? null : trend.interval().code(),
                trend.from(),
                trend.to(),
                Optional.ofNullable(trend.by()).map(Dimension::code).orElse(null),
                trend.series().stream()
                        .map(series -> new Line(
                                series.segment(),
                                series.buckets().stream()
                                        .map(bucket -> Bucket.of(trend.metric(), bucket))
                                        .toList()))
                        .toList(),
                trend.omitted(),
                trend.otherwise(),
                responses.entrySet().stream()
                        .collect(Collectors.toMap(one -> one.getKey().code(), Map.Entry::getValue)));
    }

    /** @param segment null for all together */
    record Line(@Nullable String segment, List<Bucket> buckets) {}

    /**
     * @param low the lower end of the 95 % interval, as {@code high} its upper
     * @param counts answers by score; for the response rate how many were accepted and answered
     * @param enough whether the figure rests on enough answers to be compared
     * @param open the response rate of days still inside the reminder time
     */
    record Bucket(
            LocalDate from,
            long n,
            @Nullable BigDecimal value,
            @Nullable BigDecimal low,
            @Nullable BigDecimal high,
            Map<String, Long> counts,
            boolean enough,
            boolean open) {
        static Bucket of(Metric metric, Trend.Bucket bucket) {
            var estimate = bucket.estimate();
            return new Bucket(
                    bucket.from(),
                    estimate.n(),
                    rounded(estimate.value()),
                    rounded(estimate.low()),
                    rounded(estimate.high()),
                    counts(metric, bucket),
                    estimate.enough(),
                    bucket.open());
        }

        private static @Nullable BigDecimal rounded(@Nullable Double value) {
            return value == null ? null : BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_EVEN);
        }

        private static Map<String, Long> counts(Metric metric, Trend.Bucket bucket) {
            var scores = bucket.scores();
            if (metric == Metric.RESPONSE_RATE) {
                return Map.of("accepted", scores.n(), "answered", scores.between(1, 1));
            }
            var counts = new LinkedHashMap<String, Long>();
            for (int score = scores.lowest(); score <= scores.highest(); score++) {
                counts.put(String.valueOf(score), scores.between(score, score));
            }
            return counts;
        }
    }
}
