package dev.afterword.api.insight;

import dev.afterword.api.ApiCalls;
import dev.afterword.api.ApiTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@ApiTest
class TrendApiTest {
    @Autowired
    ApiCalls calls;

    @ParameterizedTest
    @CsvSource({
        "metric=mean, survey, trend.survey-missing",
        "survey=post-purchase, metric, trend.metric-missing",
        "survey=post-purchase&metric=median, metric, trend.metric-unknown",
        "survey=post-purchase&metric=mean&interval=hour, interval, trend.interval-unknown",
        "survey=post-purchase&metric=mean&from=yesterday, from, filter.date",
        "survey=post-purchase&metric=mean&from=2026-05-02&to=2026-05-01, from, trend.from-after-to",
        "survey=post-purchase&metric=mean&to=9999-12-31, to, filter.date",
        "survey=post-purchase&metric=mean&from=0002-11-23, from, filter.date",
        "survey=post-purchase&metric=mean&interval=day&from=2001-01-01&to=2018-12-31, from, trend.too-long",
        "survey=post-purchase&metric=mean&by=moon, by, trend.by-unknown",
        "survey=post-purchase&metric=mean&by=attribute:, by, trend.by-unknown",
        "survey=post-purchase&metric=mean&by=attribute:moon, by, trend.attribute-not-marked",
        "survey=post-purchase&metric=mean&question=colour, question, trend.question-unknown",
        "survey=post-purchase&metric=nps&question=satisfaction, metric, trend.metric-misfit",
        "survey=post-purchase&metric=mean&question=comment, metric, trend.metric-misfit"
    })
    void saysWhichParameterIsWrong(String query, String field, String code) {
        calls.newShop()
                .client()
                .get()
                .uri("/api/v1/trends?" + query)
                .exchange()
                .expectStatus()
                .is4xxClientError()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code)
                .jsonPath("$.field")
                .isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&interval=week", "&interval=month"})
    void showsManyYearsInFewBuckets(String interval) {
        calls.newShop()
                .client()
                .get()
                .uri("/api/v1/trends?survey=post-purchase&metric=mean&from=2001-01-01&to=2018-12-31" + interval)
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void doesNotFindASurveyThatTheWorkspaceLacks() {
        calls.newShop()
                .client()
                .get()
                .uri("/api/v1/trends?survey=moon&metric=nps")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void showsAnEmptyTrendBeforeTheFirstAnswer() {
        calls.newShop()
                .client()
                .get()
                .uri("/api/v1/trends?survey=post-purchase&metric=responseRate&interval=week")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.unit")
                .isEqualTo("percent")
                .jsonPath("$.series.length()")
                .isEqualTo(1)
                .jsonPath("$.series[0].buckets")
                .isEmpty();
    }

    @Test
    void wantsAKey() {
        calls.anonymous()
                .get()
                .uri("/api/v1/trends?survey=post-purchase&metric=nps")
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }
}
