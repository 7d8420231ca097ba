package dev.afterword.web.insight;

import dev.afterword.db.survey.Survey;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that Trends shows, in words and numbers that are ready to print.
 *
 * @param title the computed sentence: about the comparison where there is one, else about time
 * @param chartTitle the sentence about time, beside a comparison; null without one
 * @param chart what the drawing is made of, as JSON
 * @param byTitle what is compared, as the head of a column; {@code byWords} within a sentence; empty without a comparison
 * @param otherwise how many answers are left out because the question had another scale then
 * @param enough whether any bucket has enough answers to be drawn
 * @param standings how many of the responses count, and how many do not
 * @param responses the address of all responses of this period; null for the response rate
 */
record TrendView(
        String path,
        String address,
        String title,
        @Nullable String chartTitle,
        String survey,
        List<Survey> surveys,
        LocalDate from,
        LocalDate to,
        boolean toToday,
        String metric,
        @Nullable String question,
        @Nullable String questionText,
        String interval,
        @Nullable String by,
        String byTitle,
        String byWords,
        List<Choice> metrics,
        List<Choice> intervals,
        List<Option> dimensions,
        Figure whole,
        PeriodFigure period,
        long otherwise,
        String chart,
        boolean enough,
        int starts,
        List<BucketRow> buckets,
        List<ScoreRow> distribution,
        List<SegmentRow> segments,
        int omitted,
        @Nullable String responses,
        List<StandingLink> standings) {

    /** How many responses of the period have a standing, and where they are listed. */
    record StandingLink(String code, long count, String href) {}

    /** Something to choose, as a link. */
    record Choice(String label, String href, boolean on) {}

    /** Something to choose in a list. */
    record Option(String value, String label, boolean on) {}

    /** A figure with its interval and what it rests on; no value when there are too few answers. */
    record Figure(@Nullable String value, @Nullable String exact, String interval, long n) {}

    /** One row of the table behind the chart. */
    record BucketRow(
            String label,
            Figure figure,
            boolean open,
            @Nullable String href) {}

    /**
     * How often one score was given.
     *
     * @param percent of all scores, without decimals; empty where these are too few
     * @param width of its bar, of 100
     */
    record ScoreRow(int score, long n, String percent, double width, String verdict, String href) {}

    /**
     * One segment in comparison.
     *
     * @param at where its dot stands on a line of 200, with the ends of the interval; null when there are too few answers
     */
    record SegmentRow(
            String label,
            Figure figure,
            @Nullable Place at,
            boolean best,
            boolean worst,
            @Nullable String href) {}

    /** Places on a line of 200 units. */
    record Place(String low, String value, String high) {}
}
