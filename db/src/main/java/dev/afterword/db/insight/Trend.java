package dev.afterword.db.insight;

import dev.afterword.db.Estimate;
import dev.afterword.db.Scores;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a metric developed: one series for all, or one a segment, the largest first.
 *
 * @param question the key of the question; null for the response rate
 * @param from the first day asked for, or the first with something to show
 * @param lowest the lowest value that the metric can have, as {@code highest}
 * @param omitted how many smaller segments are not among the series
 * @param otherwise how many answers of the time are left out, because the question had another scale then
 */
public record Trend(
        String survey,
        @Nullable String question,
        Metric metric,
        Interval interval,
        LocalDate from,
        LocalDate to,
        @Nullable Dimension by,
        int lowest,
        int highest,
        List<Series> series,
        int omitted,
        long otherwise) {

    /**
     * The buckets of one segment, by time; those without an answer are left out.
     *
     * @param segment null for all together
     */
    public record Series(@Nullable String segment, List<Bucket> buckets) {
        /** All buckets together. */
        public Optional<Scores> scores() {
            return buckets.stream().map(Bucket::scores).reduce(Scores::plus);
        }

        public long n() {
            return buckets.stream().mapToLong(bucket -> bucket.estimate().n()).sum();
        }

        public Optional<Bucket> at(LocalDate from) {
            return buckets.stream().filter(bucket -> bucket.from().equals(from)).findFirst();
        }
    }

    /**
     * What was answered from a day until the next bucket.
     *
     * @param from its first day, not before the trend's
     * @param scores how often each score was given; for the response rate 0 is an invitation without, 1 one with an answer
     * @param open the response rate of days still inside the reminder time, which will rise
     */
    public record Bucket(LocalDate from, Estimate estimate, Scores scores, boolean open) {}

    /** Every bucket's first day from beginning to end, so that series can be laid beside each other with their gaps. */
    public List<LocalDate> starts() {
        if (interval == Interval.NONE) {
            return List.of(from);
        }
        return Stream.iterate(from, day -> !day.isAfter(to), day -> interval.next(interval.begin(day)))
                .toList();
    }
}
