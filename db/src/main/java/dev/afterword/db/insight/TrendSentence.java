package dev.afterword.db.insight;

import dev.afterword.db.Difference;
import dev.afterword.db.Estimate;
import dev.afterword.db.Scores;
import dev.afterword.db.Statistics;
import dev.afterword.db.insight.Trend.Bucket;
import dev.afterword.db.insight.Trend.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a trend says in one sentence: a message and its arguments. It claims a difference only where a test supports it at 95 %, adjusted for how many were
 * compared; else it says that there is none, or that there are not enough answers.
 *
 * <p>The key is {@code trend.sentence.WHAT.SUBJECT}. The subject is the metric's code, or for the mean of a question that every workspace has its key:
 * satisfaction, recommend, ease. Amounts are numbers without a sign, days are {@code LocalDate}. WHAT and its arguments:
 *
 * <ul>
 *   <li>{@code few} answers so far, answers needed
 *   <li>{@code late} by delivery: how far late is below on time
 *   <li>{@code lowest}, {@code highest} segment, how far from the others, its figure
 *   <li>{@code alike} how many segments were compared
 *   <li>{@code dip-day}, {@code dip-week}, {@code dip-month} first day of the lowest bucket, how far below the rest: it was lower then and is back
 *   <li>{@code rise}, {@code fall} how far the later half is from the earlier, the figure of the later
 *   <li>{@code steady} the figure, low, high
 *   <li>{@code figure} the figure, low, high, where nothing is compared
 * </ul>
 *
 * @param segment the segment among the arguments, to be named in the reader's words; empty without one
 */
public record TrendSentence(String key, List<Object> arguments, Optional<String> segment) {
    private static final int LEAST_BUCKETS = 4;
    private static final Set<String> EVERYWHERE = Set.of("satisfaction", "recommend", "ease");

    public TrendSentence {
        arguments = List.copyOf(arguments);
    }

    public static TrendSentence of(Trend trend) {
        var metric = trend.metric();
        var all = trend.by() == null
                ? trend.series().stream().findFirst().flatMap(Series::scores)
                : trend.series().stream()
                        .map(Series::scores)
                        .flatMap(Optional::stream)
                        .reduce(Scores::plus);
        if (all.isEmpty() || !metric.of(all.get()).enough()) {
            return few(trend, all.map(Scores::n).orElse(0L));
        }
        return trend.by() == null ? overTime(trend, all.get()) : between(trend, all.get());
    }

    /** Each segment that has enough answers, against all others together. */
    private static TrendSentence between(Trend trend, Scores all) {
        var metric = trend.metric();
        var compared = new ArrayList<Compared>();
        for (var series : trend.series()) {
            var own = series.scores();
            var others = trend.series().stream()
                    .filter(other -> !other.equals(series))
                    .map(Series::scores)
                    .flatMap(Optional::stream)
                    .reduce(Scores::plus);
            if (own.isPresent()
                    && others.isPresent()
                    && metric.of(own.get()).enough()
                    && metric.of(others.get()).enough()) {
                compared.add(new Compared(
                        String.valueOf(series.segment()), own.get(), metric.difference(own.get(), others.get())));
            }
        }
        if (compared.isEmpty()) {
            return few(trend, all.n());
        }
        return late(trend).orElseGet(() -> farthest(trend, compared));
    }

    private static TrendSentence farthest(Trend trend, List<Compared> compared) {
        var metric = trend.metric();
        var adjusted = Statistics.holm(
                compared.stream().map(one -> one.difference().p()).toList());
        var sure = compared.stream()
                .filter(one -> adjusted.get(compared.indexOf(one)) < Statistics.ALPHA)
                .max(Comparator.comparingDouble(one -> Math.abs(one.difference().value())));
        if (sure.isEmpty()) {
            return sentence("alike", trend, List.of(compared.size()));
        }
        var one = sure.get();
        return new TrendSentence(
                key(one.difference().value() < 0 ? "lowest" : "highest", trend),
                List.of(one.segment(), Math.abs(one.difference().value()), figure(metric, one.scores())),
                Optional.of(one.segment()));
    }

    /** By delivery, late is compared with on time alone. */
    private static Optional<TrendSentence> late(Trend trend) {
        if (!Dimension.DELIVERY.equals(trend.by())) {
            return Optional.empty();
        }
        var metric = trend.metric();
        var late = named(trend, "late").filter(scores -> metric.of(scores).enough());
        var onTime = named(trend, "on-time").filter(scores -> metric.of(scores).enough());
        if (late.isEmpty() || onTime.isEmpty()) {
            return Optional.empty();
        }
        var difference = metric.difference(onTime.get(), late.get());
        return difference.significant() && difference.value() > 0
                ? Optional.of(sentence("late", trend, List.of(apart(metric, onTime.get(), late.get()))))
                : Optional.empty();
    }

    private static Optional<Scores> named(Trend trend, String segment) {
        return trend.series().stream()
                .filter(series -> segment.equals(series.segment()))
                .findFirst()
                .flatMap(Series::scores);
    }

    private static TrendSentence overTime(Trend trend, Scores all) {
        var buckets = trend.series().getFirst().buckets().stream()
                .filter(bucket -> bucket.estimate().enough() && !bucket.open())
                .toList();
        if (buckets.size() < LEAST_BUCKETS) {
            return figured("figure", trend, all);
        }
        return change(trend, buckets).or(() -> dip(trend, buckets)).orElseGet(() -> figured("steady", trend, all));
    }

    /** The later half of the buckets against the earlier. */
    private static Optional<TrendSentence> change(Trend trend, List<Bucket> buckets) {
        var metric = trend.metric();
        var middle = buckets.size() / 2;
        var earlier = sum(buckets.subList(0, middle));
        var later = sum(buckets.subList(middle, buckets.size()));
        var difference = metric.difference(later, earlier);
        if (!difference.significant() || dip(trend, buckets).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(sentence(
                difference.value() > 0 ? "rise" : "fall",
                trend,
                List.of(apart(metric, later, earlier), figure(metric, later))));
    }

    /** One bucket below all others, tested as the worst of as many as there are, with a last one that is no longer below the others before it. */
    private static Optional<TrendSentence> dip(Trend trend, List<Bucket> buckets) {
        var metric = trend.metric();
        var worst = buckets.subList(0, buckets.size() - 1).stream()
                .min(Comparator.comparingDouble(bucket -> figure(metric, bucket.scores())))
                .orElseThrow();
        var rest = sum(buckets.stream().filter(bucket -> !bucket.equals(worst)).toList());
        var fell = metric.difference(worst.scores(), rest);
        var last = buckets.getLast();
        var others = buckets.stream()
                .filter(bucket -> !bucket.equals(worst) && !bucket.equals(last))
                .toList();
        var now = metric.difference(last.scores(), sum(others));
        var back = !now.significant() || now.value() > 0;
        return fell.value() < 0 && fell.p() * buckets.size() < Statistics.ALPHA && back
                ? Optional.of(sentence(
                        "dip-" + trend.interval().code(),
                        trend,
                        List.of(worst.from(), apart(metric, rest, worst.scores()))))
                : Optional.empty();
    }

    private static Scores sum(List<Bucket> buckets) {
        return buckets.stream().map(Bucket::scores).reduce(Scores::plus).orElseThrow();
    }

    private static TrendSentence figured(String what, Trend trend, Scores scores) {
        var metric = trend.metric();
        var estimate = metric.of(scores);
        return sentence(
                what,
                trend,
                List.of(
                        figure(metric, scores),
                        Optional.ofNullable(estimate.low()).orElse(0.0),
                        Optional.ofNullable(estimate.high()).orElse(0.0)));
    }

    private static TrendSentence few(Trend trend, long n) {
        return sentence("few", trend, List.of(n, (long) Estimate.ENOUGH));
    }

    /** How far the plain figures are apart, as a reader would compute it from what is shown. */
    private static double apart(Metric metric, Scores one, Scores other) {
        return Math.abs(figure(metric, one) - figure(metric, other));
    }

    private static double figure(Metric metric, Scores scores) {
        return Optional.ofNullable(metric.of(scores).value()).orElseThrow();
    }

    private static TrendSentence sentence(String what, Trend trend, List<Object> arguments) {
        return new TrendSentence(key(what, trend), arguments, Optional.empty());
    }

    private static String key(String what, Trend trend) {
        var question = trend.question();
        var subject = trend.metric() == Metric.MEAN && question != null && EVERYWHERE.contains(question)
                ? question
                : trend.metric().code();
        return "trend.sentence." + what + "." + subject;
    }

    private record Compared(String segment, Scores scores, Difference difference) {}
}
