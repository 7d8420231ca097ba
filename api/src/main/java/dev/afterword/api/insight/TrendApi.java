package dev.afterword.api.insight;

import dev.afterword.api.Caller;
import dev.afterword.db.Days;
import dev.afterword.db.Rejected;
import dev.afterword.db.insight.Dimension;
import dev.afterword.db.insight.Interval;
import dev.afterword.db.insight.Metric;
import dev.afterword.db.insight.ResponseNumbers;
import dev.afterword.db.insight.TrendQuestion;
import dev.afterword.db.insight.Trends;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** How answers develop. */
@RestController
class TrendApi {
    private final Trends trends;
    private final ResponseNumbers numbers;

    TrendApi(Trends trends, ResponseNumbers numbers) {
        this.trends = trends;
        this.numbers = numbers;
    }

    @GetMapping("/api/v1/trends")
    Mono<TrendResponse> trend(
            Caller caller,
            @RequestParam(required = false) @Nullable String survey,
            @RequestParam(required = false) @Nullable String question,
            @RequestParam(required = false) @Nullable String metric,
            @RequestParam(required = false) @Nullable String interval,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String by) {
        var asked = new TrendQuestion(
                required(survey, new Rejected("trend.survey-missing", "survey")),
                question == null || question.isBlank() ? null : question,
                Metric.of(required(metric, new Rejected("trend.metric-missing", "metric"))),
                interval == null || interval.isBlank() ? Interval.NONE : Interval.of(interval),
                Days.of(from, "from"),
                Days.of(to, "to"),
                by == null || by.isBlank() ? null : Dimension.of(by));
        return trends.of(caller.workspaceId(), asked)
                .flatMap(trend -> numbers.of(caller.workspaceId(), trend.survey(), trend.from(), trend.to())
                        .map(responses -> TrendResponse.of(trend, responses)));
    }

    private static String required(@Nullable String value, Rejected missing) {
        if (value == null || value.isBlank()) {
            throw missing;
        }
        return value;
    }
}
