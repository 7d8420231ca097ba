package dev.afterword.db.response.mark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.Key;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Asking;
import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.Presentation;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.SurveyPage;
import dev.afterword.db.survey.Texts;
import dev.afterword.db.survey.Theme;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "asdfgh|en|keyboard",
                "asdf jkl|en|keyboard",
                "asdasdasd|de|keyboard",
                "Qwertz!|de|keyboard",
                "poiuytrewq|en|keyboard",
                "azerty|fr|keyboard",
                "aaaaaa|en|repeated",
                "ooooo ooo|en|repeated",
                "ÄÄÄÄÄÄ|de|repeated",
                "bdtqcpnv|en|no-vowels",
                "xkcdqrt|de|no-vowels"
            })
    void knowsWordsThatAreNone(String text, String language, String kind) {
        assertThat(Nonsense.in(text, language)).contains(kind);
    }

    /** Also laughter, abbreviations, names, other scripts, and words that only look like it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "...",
                "ok",
                "no",
                "Good",
                "DHL",
                "DHL, GLS, DPD",
                "kkkkkkkk",
                "wwwwww",
                "hmmmmmm",
                "hhhhhhhh",
                "brrrrrrr",
                "pssssst",
                "hahahaha",
                "poverty",
                "property",
                "liberty",
                "retreat",
                "free",
                "rhythms",
                "Hymns",
                "55555",
                "SKU BXTRGHQ 12",
                "ههههههه",
                "كان كل شيء جيدا",
                "不错不错不错",
                "笑笑笑笑笑笑",
                "とても良かったです",
                "ㅋㅋㅋㅋㅋㅋ",
                "мммммм",
                "Все было хорошо",
                "ดีมากกกกก",
                "👍👍👍👍👍👍",
                "The parcel came late, asdf",
                "Schnell geliefert, alles gut"
            })
    void leavesWordsAlone(String text) {
        for (var language : List.of("en", "de", "pt", "ar", "ja", "")) {
            assertThat(Nonsense.in(text, language)).as(text).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"čtvrthrst", "Vlk zmrzl", "prst skrz krk"})
    void knowsThatSomeLanguagesHaveSyllablesWithoutVowels(String text) {
        assertThat(Nonsense.in(text, "cs")).isEmpty();
    }

    @Property(tries = 300)
    void findsNoNonsenseBesideOtherLetters(@ForAll String anything) {
        assertThat(Nonsense.in(anything + "д", "en")).isEmpty();
        assertThat(Nonsense.in(anything + "7", "en")).isEmpty();
    }

    @Test
    void knowsAMatrixThatIsAnsweredTheSameAllTheWay() {
        var asked = survey(matrix(4));
        assertThat(StraightLine.in(asked, rows(4, "good"))).contains(Map.of("question", "features", "same", "4"));
        var one = new HashMap<>(rows(4, "good"));
        one.put(new Slot("features", "r3", ""), new Answer.Choice("bad", null));
        assertThat(StraightLine.in(asked, one)).isEmpty();
        one.put(new Slot("features", "r3", ""), new Answer.Skipped());
        assertThat(StraightLine.in(asked, one)).isEmpty();
        assertThat(StraightLine.in(survey(matrix(3)), rows(3, "good"))).isEmpty();
    }

    @Test
    void knowsFiveScalesInARowThatAreAnsweredTheSame() {
        var asked = survey(scales(6));
        assertThat(StraightLine.in(asked, scored(3, 3, 3, 3, 3)))
                .hasValueSatisfying(why -> assertThat(why).containsEntry("question", "s0"));
        assertThat(StraightLine.in(asked, scored(5, 3, 3, 3, 3, 3))).isPresent();
        assertThat(StraightLine.in(asked, scored(3, 3, 3, 3))).isEmpty();
        assertThat(StraightLine.in(asked, scored(3, 3, 2, 3, 3, 3))).isEmpty();
        var skipped = new HashMap<>(scored(3, 3, 3, 3, 3, 3));
        skipped.put(Slot.of("s2"), new Answer.Skipped());
        assertThat(StraightLine.in(asked, skipped)).isEmpty();
    }

    @Test
    void knowsWhoAnswersFasterThanOneCanRead() {
        var asked = survey(scales(4));
        // Four questions of ten words, one of them answered in the mail: 30 words, 4.5 s.
        var answered = answered(asked, scored(1, 4, 2, 5));
        assertThat(Speed.of(answered, "s0", Duration.ofMillis(4_400))).contains(Map.of("seconds", "4", "least", "5"));
        assertThat(Speed.of(answered, "s0", Duration.ofMillis(4_500))).isEmpty();
        assertThat(Speed.of(answered(asked, scored(1, 4, 2)), "s0", Duration.ofMillis(10)))
                .isEmpty();
    }

    @Test
    void countsWordsWhereThereAreNoSpaces() {
        assertThat(Speed.count("How likely are you?")).isEqualTo(4);
        assertThat(Speed.count("この商品を友人に勧めますか")).isEqualTo(6);
        assertThat(Speed.count("  ")).isZero();
    }

    @Test
    void takesOnlyLongerWordsForAlike() {
        var workspace = Key.nextId();
        var leaks = Repeated.words(workspace, "The kettle leaks at the handle, every morning!");
        assertThat(leaks).isPresent();
        assertThat(Repeated.words(workspace, " the KETTLE leaks  at the handle every morning"))
                .isEqualTo(leaks);
        assertThat(Repeated.words(workspace, "All good, thanks a lot")).isEmpty();
        assertThat(Repeated.words(workspace, "Donaudampfschifffahrtsgesellschaft"))
                .isEmpty();
        assertThat(Repeated.words(workspace, "商品の取っ手から毎朝水が漏れます")).isPresent();
        assertThat(Repeated.words(Key.nextId(), "The kettle leaks at the handle, every morning!"))
                .isNotEqualTo(leaks);
    }

    private static Answered answered(SurveyDefinition asked, Map<Slot, Answer> answers) {
        return new Answered(Key.next(Key.nextId()), asked, null, "en", Instant.now(), true, false, answers);
    }

    private static SurveyDefinition survey(List<Question> questions) {
        return new SurveyDefinition(
                text("Title"),
                null,
                null,
                Presentation.ONE_PAGE,
                false,
                Theme.OF_WORKSPACE,
                List.of("en"),
                List.of(SurveyPage.of("p", questions)),
                List.of());
    }

    private static List<Question> matrix(int rows) {
        return List.of(new Question.Matrix(
                asking("features"),
                IntStream.range(0, rows).mapToObj(row -> option("r" + row)).toList(),
                Stream.of("bad", "good").map(MarkRulesTest::option).toList(),
                false));
    }

    private static List<Question> scales(int many) {
        var questions = new ArrayList<Question>();
        for (int at = 0; at < many; at++) {
            questions.add(new Question.Csat(asking("s" + at), Texts.NONE, Texts.NONE));
        }
        return questions;
    }

    private static Map<Slot, Answer> rows(int many, String column) {
        var answers = new HashMap<Slot, Answer>();
        IntStream.range(0, many)
                .forEach(row -> answers.put(new Slot("features", "r" + row, ""), new Answer.Choice(column, null)));
        return answers;
    }

    private static Map<Slot, Answer> scored(int... scores) {
        var answers = new HashMap<Slot, Answer>();
        IntStream.range(0, scores.length).forEach(at -> answers.put(Slot.of("s" + at), new Answer.Score(scores[at])));
        return answers;
    }

    private static Option option(String key) {
        return Option.of(key, text(key));
    }

    private static Asking asking(String key) {
        return new Asking(
                key, text("one two three four five six seven eight nine ten"), null, false, false, null, false, null);
    }

    private static Texts text(String words) {
        return new Texts(Map.of("en", words));
    }
}
