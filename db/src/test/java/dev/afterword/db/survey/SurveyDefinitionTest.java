package dev.afterword.db.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Rejected;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;

class SurveyDefinitionTest {
    private final SurveyDefinition survey = postPurchase();

    @Test
    void readsTheSurveyThatEveryWorkspaceHas() {
        assertThat(survey.questions())
                .extracting(Question::key)
                .containsExactly("recommend", "satisfaction", "ease", "comment");
        assertThat(survey.questions().get(2)).isInstanceOfSatisfying(Question.Ces.class, ease -> {
            assertThat(ease.scale()).isEqualTo(7);
            assertThat(ease.highIsGood()).isTrue();
        });
    }

    @Test
    void writesWhatItReads() {
        assertThat(DefinitionReader.read(DefinitionWriter.write(survey))).isEqualTo(survey);
    }

    @Test
    void takesScoresAsNumbersAndAsDigits() {
        assertThat(survey.check(Map.of("recommend", 0)).orThrow())
                .containsEntry(Slot.of("recommend"), new Answer.Score(0));
        assertThat(survey.check(Map.of("recommend", 10L)).orThrow())
                .containsEntry(Slot.of("recommend"), new Answer.Score(10));
        assertThat(survey.check(Map.of("satisfaction", " 5 ")).orThrow())
                .containsEntry(Slot.of("satisfaction"), new Answer.Score(5));
        assertThat(survey.check(Map.of("ease", 7.0)).orThrow()).containsEntry(Slot.of("ease"), new Answer.Score(7));
    }

    @ParameterizedTest
    @CsvSource({"recommend,-1", "recommend,11", "satisfaction,0", "satisfaction,6", "ease,0", "ease,8", "ease,999999999"
    })
    void rejectsScoresOffTheScale(String question, String score) {
        assertThat(problem(question, score)).isEqualTo("answer.out-of-range");
        assertThat(problem(question, Integer.valueOf(score))).isEqualTo("answer.out-of-range");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nine", "9.5", "1e1", "٩", "9;drop", "99999999999999999999"})
    void rejectsScoresThatAreNotWholeNumbers(String score) {
        assertThat(problem("recommend", score)).isEqualTo("answer.not-integer");
    }

    @Test
    void rejectsOtherTypes() {
        assertThat(problem("recommend", 9.5)).isEqualTo("answer.not-integer");
        assertThat(problem("recommend", Double.NaN)).isEqualTo("answer.not-integer");
        assertThat(problem("recommend", true)).isEqualTo("answer.not-integer");
        assertThat(problem("recommend", List.of(9))).isEqualTo("answer.not-integer");
        assertThat(problem("comment", 5)).isEqualTo("answer.not-text");
        assertThat(problem("comment", Map.of())).isEqualTo("answer.not-text");
        assertThat(problem("colour", "red")).isEqualTo("answer.question-unknown");
    }

    @Test
    void rejectsTextThatCannotBeKept() {
        assertThat(problem("comment", "a\0b")).isEqualTo("answer.unreadable");
        assertThat(problem("comment", "x".repeat(100_000))).isEqualTo("answer.too-long");
        assertThat(survey.check(Map.of("comment", "x".repeat(10_000))).problems())
                .isEmpty();
    }

    @Test
    void countsALineEndOnce() {
        assertThat(survey.check(Map.of("comment", "one\r\ntwo\r\n")).orThrow())
                .containsEntry(Slot.of("comment"), new Answer.Words("one\ntwo"));
    }

    @Test
    void readsNothingAsSkipped() {
        var raw = new HashMap<String, Object>();
        raw.put("recommend", null);
        raw.put("comment", "  \n ");
        var checked = survey.check(raw);
        assertThat(checked.answers())
                .containsEntry(Slot.of("recommend"), new Answer.Skipped())
                .containsEntry(Slot.of("comment"), new Answer.Skipped());
        assertThat(checked.empty()).isTrue();
    }

    @Test
    void findsEverythingThatIsWrongAtOnce() {
        var checked = survey.check(Map.of("recommend", 11, "comment", "\0", "ease", 3));
        assertThat(checked.problems())
                .extracting(Rejected::field)
                .containsExactlyInAnyOrder("answers.recommend", "answers.comment");
        assertThat(checked.answers()).containsOnlyKeys(Slot.of("ease"));
        assertThatThrownBy(checked::orThrow).isInstanceOf(Rejected.class);
    }

    @Test
    void speaksTheNearestLanguageThatItKnows() {
        var title = survey.title();
        assertThat(title.in("pt-BR", "en")).isEqualTo("Como foi?");
        assertThat(title.in("fr", "de-AT")).isEqualTo("Wie war es?");
        assertThat(title.in("fr", "it")).isEqualTo("How did it go?");
        assertThat(new Texts(Map.of("ja", "どう?")).in("fr", "it")).isEqualTo("どう?");
    }

    private String problem(String question, Object raw) {
        var problem = survey.check(Map.of(question, raw)).problems().getFirst();
        assertThat(problem.field()).isEqualTo("answers." + question);
        return problem.code();
    }

    static SurveyDefinition postPurchase() {
        try (var file = new ClassPathResource("dev/afterword/db/survey/post-purchase.json").getInputStream()) {
            return DefinitionReader.read(new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
