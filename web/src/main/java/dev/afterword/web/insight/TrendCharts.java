package dev.afterword.web.insight;

import dev.afterword.db.insight.Trend;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What the drawing of a trend is made of: lines of points beside each other, a gap where there are too few answers. */
@Component
class TrendCharts {
    /** More lines cannot be told apart. */
    private static final int LINES = 4;

    private final Wording wording;
    private final JsonMapper json;

    TrendCharts(Wording wording, JsonMapper json) {
        this.wording = wording;
        this.json = json;
    }

    /**
     * The drawing.
     *
     * @param unit points, percent or score
     * @param starts the first day of each bucket
     * @param compared whether the lines are segments, to be named in the drawing
     */
    record Chart(
            String unit,
            String interval,
            int lowest,
            int highest,
            List<LocalDate> starts,
            List<Line> lines,
            boolean compared,
            String few) {}

    /**
     * One line.
     *
     * @param points one a bucket; null where there are too few answers
     * @param counts answers of each bucket
     */
    record Line(String name, List<@Nullable Point> points, List<Long> counts, List<@Nullable String> links) {}

    /** The figure with its interval, rounded for drawing, and in words. */
    record Point(
            double value, @Nullable Double low, @Nullable Double high, String text, String interval, boolean open) {}

    String json(Trend all, @Nullable Trend compared, ResponseLinks links, Map<String, String> names) {
        var drawn = compared == null ? all : compared;
        var by = drawn.by();
        var lines = drawn.series().stream()
                .filter(series -> series.buckets().stream()
                        .anyMatch(bucket -> bucket.estimate().enough()))
                .limit(LINES)
                .map(series -> line(drawn, series, by == null ? null : by.code(), links, names))
                .toList();
        return json.writeValueAsString(new Chart(
                drawn.metric().unit(),
                drawn.interval().code(),
                drawn.lowest(),
                drawn.highest(),
                drawn.starts(),
                lines,
                by != null,
                wording.text("trends.few-here")));
    }

    private Line line(
            Trend trend, Trend.Series series, @Nullable String by, ResponseLinks links, Map<String, String> names) {
        var segment = series.segment();
        var points = new ArrayList<@Nullable Point>();
        var counts = new ArrayList<Long>();
        var shown = new ArrayList<@Nullable String>();
        for (var start : trend.starts()) {
            var bucket = series.at(start);
            points.add(bucket.filter(found -> found.estimate().enough())
                    .map(found -> point(trend, found))
                    .orElse(null));
            counts.add(bucket.map(found -> found.estimate().n()).orElse(0L));
            shown.add(
                    trend.question() == null ? null : links.bucket(start, segment == null ? null : by + "=" + segment));
        }
        var name = segment == null
                ? wording.text("trends.metric." + trend.metric().code())
                : wording.segment(by, segment, names);
        return new Line(name, points, counts, shown);
    }

    private static Point point(Trend trend, Trend.Bucket bucket) {
        var estimate = bucket.estimate();
        var value = Objects.requireNonNull(estimate.value());
        return new Point(
                value,
                estimate.low(),
                estimate.high(),
                Wording.figure(trend.metric(), value),
                Wording.interval(trend.metric(), estimate),
                bucket.open());
    }
}
