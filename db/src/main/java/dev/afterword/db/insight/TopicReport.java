package dev.afterword.db.insight;

import dev.afterword.db.Difference;
import dev.afterword.db.Estimate;
import dev.afterword.db.response.topic.Topic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What customers spoke of in a period, beside the same time before it.
 *
 * @param answers those of the period that count
 * @param question the score that means are taken of: the first that the survey with most answers asks; null without one
 * @param best the highest score that can be given to it
 * @param mean of all answers of that survey
 * @param cases that came in
 */
public record TopicReport(
        int days,
        long answers,
        long without,
        @Nullable String question,
        int best,
        Estimate mean,
        long cases,
        List<Line> lines) {
    public TopicReport {
        lines = List.copyOf(lines);
    }

    /**
     * One topic.
     *
     * @param n answers about it
     * @param share of all answers, in percent
     * @param before that share in the time before
     * @param change of the share, in points; null where either time has too few answers
     * @param cases of those that came in, about it
     */
    public record Line(
            Topic topic,
            long n,
            Estimate share,
            Estimate before,
            @Nullable Difference change,
            Estimate mean,
            Estimate cases) {}
}
