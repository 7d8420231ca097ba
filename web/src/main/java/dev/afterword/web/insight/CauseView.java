package dev.afterword.web.insight;

import dev.afterword.db.inbox.RootCause;
import dev.afterword.db.insight.CaseReport;
import dev.afterword.web.insight.Figures.Figure;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the page about cases shows.
 *
 * @param sentence the computed one about the most frequent cause
 * @param firstAnswer in words; empty where nobody was answered
 */
record CauseView(
        int days,
        String sentence,
        CaseReport report,
        Figure punctuality,
        Figure returned,
        String firstAnswer,
        String solution,
        List<Line> causes) {
    /**
     * One of the seven Ps.
     *
     * @param width of its bar, of 100
     */
    record Line(String code, long cases, String width, List<CaseReport.Cause> topics) {}

    static CauseView of(CaseReport report, int days, Wording wording) {
        var lines = Arrays.stream(RootCause.values())
                .map(cause -> line(cause, report))
                .filter(line -> line.cases > 0)
                .sorted((one, other) -> Long.compare(other.cases, one.cases))
                .toList();
        return new CauseView(
                days,
                sentence(report, lines, wording),
                report,
                Figure.percent(report.punctuality()),
                Figure.percent(report.returned()),
                said(report.firstAnswer(), wording),
                said(report.solution(), wording),
                lines);
    }

    private static String sentence(CaseReport report, List<Line> lines, Wording wording) {
        if (report.opened() == 0) {
            return wording.text("causes.sentence.none");
        }
        if (lines.isEmpty()) {
            return wording.text("causes.sentence.open", report.opened());
        }
        var first = lines.getFirst();
        return wording.text(
                "causes.sentence",
                wording.text("inbox.rootCause." + first.code),
                first.topics.getFirst().topic(),
                first.cases,
                report.explained());
    }

    private static Line line(RootCause cause, CaseReport report) {
        var topics =
                report.causes().stream().filter(one -> one.cause() == cause).toList();
        long cases = topics.stream().mapToLong(CaseReport.Cause::cases).sum();
        return new Line(
                cause.code(),
                cases,
                String.format(Locale.ROOT, "%.1f", report.explained() == 0 ? 0.0 : 100.0 * cases / report.explained()),
                topics);
    }

    /** Hours up to two days, then days. */
    private static String said(@Nullable Duration time, Wording wording) {
        if (time == null) {
            return "";
        }
        return time.toHours() < 48
                ? wording.text("causes.hours", Figures.number("0.#", time.toMinutes() / 60.0))
                : wording.text("causes.days", Figures.number("0.#", time.toHours() / 24.0));
    }
}
