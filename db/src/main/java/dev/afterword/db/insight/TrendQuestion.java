package dev.afterword.db.insight;

import dev.afterword.db.Rejected;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to see of how answers develop.
 *
 * @param survey its key
 * @param question its key; null for the first question of the survey that the metric fits
 * @param from the first of the workspace's days; null for as far back as there are answers
 * @param to the last of them, included; null for today
 * @param by null for all together
 */
public record TrendQuestion(
        String survey,
        @Nullable String question,
        Metric metric,
        Interval interval,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable Dimension by) {
    public TrendQuestion {
        if (from != null && to != null && from.isAfter(to)) {
            throw new Rejected("trend.from-after-to", "from", from.toString(), to.toString());
        }
    }

    public TrendQuestion by(@Nullable Dimension dimension) {
        return new TrendQuestion(survey, question, metric, interval, from, to, dimension);
    }
}
