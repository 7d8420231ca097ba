package dev.afterword.web.insight;

import dev.afterword.db.Estimate;
import dev.afterword.db.insight.Metric;
import dev.afterword.db.insight.TopicReport;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the page of all topics shows.
 *
 * @param sentence computed: what most speak of
 * @param mean of all answers, in words; empty with too few
 */
record TopicView(TopicReport report, String sentence, String mean, List<Line> lines, List<Line> archived) {
    /**
     * A topic.
     *
     * @param width of its bar, of 100
     * @param change of its share in points, with its sign; null where nothing can be compared
     * @param certain whether that change is certain at 95 %
     */
    record Line(
            TopicReport.Line of,
            String width,
            String share,
            String interval,
            @Nullable String change,
            boolean certain,
            String mean,
            String meanInterval,
            String cases) {}

    static TopicView of(TopicReport report, Wording wording) {
        var all = report.lines().stream().map(line -> line(line, report)).toList();
        var lines = all.stream()
                .filter(line -> line.of().topic().archivedAt() == null)
                .toList();
        return new TopicView(
                report,
                sentence(report, lines, wording),
                mean(report.mean()),
                lines,
                all.stream()
                        .filter(line -> line.of().topic().archivedAt() != null)
                        .toList());
    }

    private static String sentence(TopicReport report, List<Line> lines, Wording wording) {
        if (lines.isEmpty() || lines.getFirst().of().n() == 0) {
            return wording.text("topics.title");
        }
        var first = lines.getFirst();
        return wording.text(
                "topics.sentence", first.of().topic().name(), first.of().n(), report.answers());
    }

    private static Line line(TopicReport.Line line, TopicReport report) {
        long most = report.lines().stream().mapToLong(TopicReport.Line::n).max().orElse(0);
        var change = line.change();
        var mean = line.mean();
        return new Line(
                line,
                most == 0 ? "0" : String.format(Locale.ROOT, "%.1f", 100.0 * line.n() / most),
                Figures.Figure.percent(line.share()).value(),
                Figures.Figure.percent(line.share()).interval(),
                change == null ? null : Figures.signed(change.value()),
                change != null && change.significant(),
                mean(mean),
                mean.enough() ? Wording.interval(Metric.MEAN, mean) : "",
                line.cases().n() == 0
                        ? ""
                        : Figures.Figure.percent(line.cases()).value());
    }

    /** In words; empty with too few answers. */
    private static String mean(Estimate estimate) {
        var value = estimate.value();
        return value == null || !estimate.enough() ? "" : Wording.figure(Metric.MEAN, value);
    }
}
