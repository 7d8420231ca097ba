package dev.afterword.web.insight;

import dev.afterword.db.Difference;
import dev.afterword.db.Estimate;
import dev.afterword.db.Scores;
import dev.afterword.db.insight.Metric;
import dev.afterword.db.insight.Trend;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One metric over the last 30 days, and whether that differs from the 30 days before.
 *
 * @param difference null when either period has too few answers
 * @param open some days may still be answered: the response rate would rise, so they are left out
 */
record PeriodFigure(
        Metric metric,
        @Nullable String question,
        Estimate now,
        Estimate before,
        @Nullable Difference difference,
        boolean open) {
    /** How many days a period has. */
    static final int DAYS = 30;

    /** From a trend by day over both periods. */
    static PeriodFigure of(Trend trend) {
        var middle = trend.to().minusDays(DAYS - 1L);
        var now = scores(trend, day -> !day.isBefore(middle));
        var before = scores(trend, day -> day.isBefore(middle));
        var nowEstimate = now == null ? Estimate.NONE : trend.metric().of(now);
        var beforeEstimate = before == null ? Estimate.NONE : trend.metric().of(before);
        return new PeriodFigure(
                trend.metric(),
                trend.question(),
                nowEstimate,
                beforeEstimate,
                now != null && before != null && nowEstimate.enough() && beforeEstimate.enough()
                        ? trend.metric().difference(now, before)
                        : null,
                trend.series().stream()
                        .flatMap(series -> series.buckets().stream())
                        .anyMatch(Trend.Bucket::open));
    }

    private static @Nullable Scores scores(Trend trend, Predicate<LocalDate> days) {
        return trend.series().stream()
                .flatMap(series -> series.buckets().stream())
                .filter(bucket -> days.test(bucket.from()) && !bucket.open())
                .map(Trend.Bucket::scores)
                .reduce(Scores::plus)
                .orElse(null);
    }

    public String value() {
        var value = now.value();
        return value == null ? "" : Wording.figure(metric, value);
    }

    public String interval() {
        return Wording.interval(metric, now);
    }

    /** The plain figures' distance, as somebody who sees both would compute it. */
    public String change() {
        var after = now.value();
        var earlier = before.value();
        return after == null || earlier == null ? "" : Wording.change(metric, after - earlier);
    }

    /** up or down where the difference is certain at 95 %, else none. */
    public String direction() {
        if (difference == null || !difference.significant()) {
            return "";
        }
        return difference.value() > 0 ? "up" : "down";
    }

    /** The chance of at least this distance without a real one, as 0.09. */
    public String p() {
        return difference == null ? "" : String.format(Locale.ENGLISH, "%.2f", Math.max(0.01, difference.p()));
    }
}
