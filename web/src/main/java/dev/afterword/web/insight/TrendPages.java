package dev.afterword.web.insight;

import dev.afterword.db.insight.Dimension;
import dev.afterword.db.insight.Interval;
import dev.afterword.db.insight.Metric;
import dev.afterword.db.insight.ProductNames;
import dev.afterword.db.insight.ResponseNumbers;
import dev.afterword.db.insight.SegmentAttribute;
import dev.afterword.db.insight.SegmentAttributes;
import dev.afterword.db.insight.Trend;
import dev.afterword.db.insight.TrendQuestion;
import dev.afterword.db.insight.Trends;
import dev.afterword.db.response.Standing;
import dev.afterword.db.survey.Survey;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Surveys;
import dev.afterword.web.Signed;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final ResponseNumbers numbers;
    private final Surveys surveys;
    private final ProductNames productNames;
    private final SegmentAttributes attributes;
    private final TrendViews views;
    private final Clock clock;

    TrendPages(
            Trends trends,
            ResponseNumbers numbers,
            Surveys surveys,
            ProductNames productNames,
            SegmentAttributes attributes,
            TrendViews views,
            Clock clock) {
        this.trends = trends;
        this.numbers = numbers;
        this.surveys = surveys;
        this.productNames = productNames;
        this.attributes = attributes;
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
        var asked = question(query, version, metric, query.firstDay(today), last);
        var before = question(query, version, metric, last.minusDays(2L * PeriodFigure.DAYS - 1), last);
        return over(workspace.id(), asked.by(by), query)
                .flatMap(drawn -> Mono.zip(
                                by == null
                                        ? Mono.just(drawn)
                                        : trends.of(workspace.id(), with(asked, drawn.interval())),
                                trends.of(workspace.id(), before))
                        .zipWith(Mono.zip(
                                names(signed, drawn),
                                numbers.of(workspace.id(), drawn.survey(), drawn.from(), drawn.to()),
                                attributes.of(workspace.id())))
                        .map(read -> new Reading(
                                version,
                                today,
                                read.getT1().getT1(),
                                by == null ? null : drawn,
                                PeriodFigure.of(read.getT1().getT2()),
                                read.getT2().getT1(),
                                read.getT2().getT2(),
                                read.getT2().getT3())));
    }

    /** What the compared products are called; empty where something else is compared. */
    private Mono<Map<String, String>> names(Signed signed, Trend drawn) {
        if (!Dimension.PRODUCT.equals(drawn.by())) {
            return Mono.just(Map.of());
        }
        var skus = drawn.series().stream()
                .map(Trend.Series::segment)
                .filter(Objects::nonNull)
                .toList();
        var end = drawn.to().plusDays(1).atStartOfDay(signed.workspace().zone()).toInstant();
        return productNames.of(signed.workspace().id(), skus, end);
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

    /** Of what is drawn first, at least three quarters. */
    private static boolean mostlyEnough(Trend trend) {
        var starts = trend.starts().size();
        return trend.series().stream()
                .limit(2)
                .allMatch(series -> series.buckets().stream()
                                        .filter(bucket -> bucket.estimate().enough())
                                        .count()
                                * 4
                        >= starts * 3L);
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

    /**
     * What was read for one page.
     *
     * @param all the metric over time, all together
     * @param compared the same by segment; null when nothing is compared
     * @param names of products by SKU
     * @param attributes what the workspace has marked
     * @param standings how many responses of the period count, and how many do not
     */
    record Reading(
            SurveyVersion version,
            LocalDate today,
            Trend all,
            @Nullable Trend compared,
            PeriodFigure period,
            Map<String, String> names,
            Map<Standing, Long> standings,
            List<SegmentAttribute> attributes) {}
}
