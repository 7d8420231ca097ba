package dev.afterword.web.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.web.WebTest;

/** 200 questions in 8 languages are edited, published and answered without a delay that a person notices; with {@code -Pbench}. */
@WebTest
class LargeSurveyBench extends LargeSurveyTest {
    @Override
    void judge(Times times) {
        assertThat(Math.max(times.opened(), times.chosen())).isLessThan(1500);
        assertThat(times.saved()).isLessThan(2000);
        assertThat(Math.max(times.translated(), Math.max(times.compared(), times.published())))
                .isLessThan(3000);
        assertThat(times.readable()).isLessThan(2000);
        assertThat(times.next()).isLessThan(1000);
    }
}
