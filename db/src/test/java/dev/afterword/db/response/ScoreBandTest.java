package dev.afterword.db.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.survey.Asking;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Texts;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreBandTest {
    private static final Texts NONE = new Texts(Map.of());

    @Test
    void coversEachScaleOnce() {
        for (var question : List.of(
                new Question.Nps(Asking.of("q", NONE), NONE, NONE),
                new Question.Csat(Asking.of("q", NONE), NONE, NONE),
                new Question.Ces(Asking.of("q", NONE), NONE, NONE, 5, true),
                new Question.Ces(Asking.of("q", NONE), NONE, NONE, 7, false))) {
            assertThat(IntStream.rangeClosed(question.from(), question.to()))
                    .allSatisfy(
                            score -> assertThat(ScoreBand.of(question).stream().filter(band -> band.holds(score)))
                                    .hasSize(1));
        }
    }

    @Test
    void turnsWithTheDirectionOfTheScale() {
        assertThat(ScoreBand.of(new Question.Ces(Asking.of("q", NONE), NONE, NONE, 7, true), 6)
                        .orElseThrow()
                        .code())
                .isEqualTo("easy");
        assertThat(ScoreBand.of(new Question.Ces(Asking.of("q", NONE), NONE, NONE, 7, false), 6)
                        .orElseThrow()
                        .code())
                .isEqualTo("hard");
    }
}
