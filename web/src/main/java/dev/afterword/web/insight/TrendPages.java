package dev.afterword.web.insight;

import dev.afterword.db.insight.Dimension;
import dev.afterword.db.insight.Interval;
import dev.afterword.db.insight.Metric;
import dev.afterword.db.insight.Trend;
import dev.afterword.db.insight.TrendQuestion;
import dev.afterword.db.insight.Trends;
import dev.afterword.db.survey.Survey;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Surveys;
import dev.afterword.web.Signed;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/** How one metric develops, with its interval, and how it differs between segments. */
@Controller
class TrendPages {
    private final Trends trends;
    private final Surveys surveys;
    private final TrendViews views;
    private final Clock clock;

    TrendPages(Trends trends, Surveys surveys, TrendViews views, Clock clock) {
        this.trends = trends;
        this.surveys = surveys;
        this.views = views;
        this.clock = clock;
    }

    /** The whole page, or for htmx the part that news may have changed. */
    @GetMapping("/w/{workspace}/trends")
    Mono<Rendering> trends(
            Signed signed,
            @ModelAttribute TrendQuery query,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment) {
        var workspace = signed.workspace().id();
        return surveys.all(workspace)
                .flatMap(all -> surveys.latest(workspace, survey(query, all))
                        .flatMap(version -> read(signed, query, version))
                        .map(reading -> views.of(signed, query, all, reading)))
                .map(view -> Rendering.view(fragment ? "insight/_trends :: trends" : "insight/trends")
                        .modelAttribute("trends", view)
                        .build());
    }

    private static String survey(TrendQuery query, List<Survey> all) {
        var wanted = query.survey();
        if (wanted != null && !wanted.isBlank()) {
            return wanted;
        }
        return all.isEmpty() ? "" : all.getFirst().surveyKey();
    }

    private Mono<Reading> read(Signed signed, TrendQuery query, SurveyVersion version) {
        var workspace = signed.workspace();
        var today = clock.instant().atZone(workspace.zone()).toLocalDate();
        var last = query.lastDay(today);
        var metric = query.chosenMetric();
        var by = query.chosenBy();
        return over(workspace.id(), question(query, version, metric, query.firstDay(today), last), query)
                .flatMap(all -> Mono.zip(
                                by == null ? Mono.just(all) : trends.of(workspace.id(), asked(all, all.interval(), by)),
                                trends.of(
                                        workspace.id(),
                                        question(
                                                        query,
                                                        version,
                                                        metric,
                                                        last.minusDays(2L * PeriodFigure.DAYS - 1),
                                                        last)
                                                .by(null)))
                        .map(both -> new Reading(
                                version, today, all, by == null ? null : both.getT1(), PeriodFigure.of(both.getT2()))));
    }

    /** By the interval asked for; without one by week, or by month where most weeks have too few answers. */
    private Mono<Trend> over(java.util.UUID workspaceId, TrendQuestion day, TrendQuery query) {
        var interval = query.chosenInterval();
        if (interval != null) {
            return trends.of(workspaceId, with(day, interval));
        }
        return trends.of(workspaceId, with(day, Interval.WEEK))
                .flatMap(weeks ->
                        mostlyEnough(weeks) ? Mono.just(weeks) : trends.of(workspaceId, with(day, Interval.MONTH)));
    }

    private static boolean mostlyEnough(Trend trend) {
        var enough = trend.series().stream()
                .flatMap(series -> series.buckets().stream())
                .filter(bucket -> bucket.estimate().enough())
                .count();
        return enough * 4 >= trend.starts().size() * 3L;
    }

    private static TrendQuestion question(
            TrendQuery query, SurveyVersion version, Metric metric, LocalDate from, LocalDate to) {
        var question = query.question();
        return new TrendQuestion(
                version.surveyKey(),
                metric == Metric.RESPONSE_RATE || question == null || question.isBlank() ? null : question,
                metric,
                Interval.DAY,
                from,
                to,
                null);
    }

    private static TrendQuestion with(TrendQuestion asked, Interval interval) {
        return new TrendQuestion(
                asked.survey(), asked.question(), asked.metric(), interval, asked.from(), asked.to(), asked.by());
    }

    private static TrendQuestion asked(Trend trend, Interval interval, Dimension by) {
        return new TrendQuestion(
                trend.survey(), trend.question(), trend.metric(), interval, trend.from(), trend.to(), by);
    }

    /**
     * What was read for one page.
     *
     * @param all the metric over time, all together
     * @param compared the same by segment; null when nothing is compared
     */
    record Reading(
            SurveyVersion version,
            LocalDate today,
            Trend all,
            @Nullable Trend compared,
            PeriodFigure period) {}
}
