package dev.afterword.db.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every type of question: how it is read and written, and which raw answers it takes. */
class QuestionTest {
    private final SurveyDefinition survey = DefinitionReader.read(ALL_TYPES);

    static final String ALL_TYPES = """
            {"title": {"en": "All", "de": "Alles"}, "welcome": {"en": "Hello {{contact.firstName|there}}"}, "thanks": {"en": "Thanks"},
             "presentation": "one-page", "progress": false, "languages": ["en", "de"],
             "variables": [{"key": "mood", "cases": [{"when": {"subject": "answer.recommend", "operator": "at-most", "value": 6}, "value": "bad"}], "otherwise": "good"}],
             "pages": [
              {"key": "first", "title": {"en": "One"}, "questions": [
               {"key": "recommend", "type": "nps", "text": {"en": "Recommend?"}, "low": {"en": "no"}, "high": {"en": "yes"}, "required": true},
               {"key": "satisfied", "type": "csat", "text": {"en": "Satisfied?"}, "help": {"en": "Be frank."}, "notApplicable": true},
               {"key": "ease", "type": "ces", "text": {"en": "Easy?"}, "scale": 5, "highIsGood": false},
               {"key": "stars", "type": "stars", "text": {"en": "Stars?"}, "most": 10},
               {"key": "faces", "type": "smileys", "text": {"en": "Faces?"}, "most": 3},
               {"key": "thumb", "type": "thumbs", "text": {"en": "Thumb?"}},
               {"key": "channel", "type": "single-choice", "text": {"en": "Where?"}, "other": {"en": "Elsewhere"}, "shuffled": true,
                "options": [{"key": "web", "text": {"en": "Web"}, "points": 2}, {"key": "shop", "text": {"en": "Shop"}}]},
               {"key": "good", "type": "multiple-choice", "text": {"en": "What was good?"}, "least": 2, "most": 3, "other": {"en": "More"},
                "options": [{"key": "price", "text": {"en": "Price"}}, {"key": "speed", "text": {"en": "Speed"}}, {"key": "box", "text": {"en": "Box"}},
                            {"key": "none", "text": {"en": "None of these"}, "exclusive": true}]}]},
              {"key": "second", "showIf": {"any": [{"not": {"subject": "answer.channel", "operator": "is", "value": "shop"}}, {"subject": "variable.mood", "operator": "is", "value": "bad"}]},
               "questions": [
               {"key": "parts", "type": "matrix", "text": {"en": "Parts?"}, "notApplicable": true, "rows": [{"key": "lid", "text": {"en": "Lid"}}, {"key": "jug", "text": {"en": "Jug"}}],
                "columns": [{"key": "bad", "text": {"en": "Bad"}}, {"key": "fine", "text": {"en": "Fine"}}]},
               {"key": "order", "type": "ranking", "text": {"en": "Order?"}, "top": 2,
                "options": [{"key": "a", "text": {"en": "A"}}, {"key": "b", "text": {"en": "B"}}, {"key": "c", "text": {"en": "C"}}]},
               {"key": "line", "type": "short-text", "text": {"en": "Line?"}},
               {"key": "comment", "type": "long-text", "text": {"en": "Comment?"}},
               {"key": "kilos", "type": "number", "text": {"en": "Kilos?"}, "least": 0.5, "most": 99, "decimals": 2, "unit": {"en": "kg"}},
               {"key": "since", "type": "date", "text": {"en": "Since?"}, "earliest": "2020-01-01", "latest": "2030-12-31"},
               {"key": "news", "type": "consent", "text": {"en": "News?"}, "purpose": "news"},
               {"key": "mail", "type": "email", "text": {"en": "Mail?"}, "endIf": {"subject": "answer.mail", "operator": "answered"}},
               {"key": "note", "type": "statement", "text": {"en": "Nearly done."}, "showIf": {"subject": "order.amount", "operator": "at-least", "value": 100.5}},
               {"key": "each", "type": "stars", "text": {"en": "How is {{line.name}}?"}, "perOrderLine": true}]}]}
            """;

    @ParameterizedTest
    @EnumSource(QuestionType.class)
    void readsAndWritesEveryType(QuestionType type) {
        assertThat(survey.questions()).extracting(Question::type).contains(type);
        assertThat(DefinitionReader.read(DefinitionWriter.write(survey))).isEqualTo(survey);
    }

    @Test
    void takesPointsOfEachScale() {
        assertThat(read("recommend", 0)).isEqualTo(new Answer.Score(0));
        assertThat(read("stars", "10")).isEqualTo(new Answer.Score(10));
        assertThat(problem("stars", 11)).isEqualTo("answer.out-of-range");
        assertThat(problem("faces", 4)).isEqualTo("answer.out-of-range");
        assertThat(read("thumb", 0)).isEqualTo(new Answer.Score(0));
        assertThat(problem("thumb", 2)).isEqualTo("answer.out-of-range");
    }

    @Test
    void takesOneOptionOrWordsOfOnesOwn() {
        assertThat(read("channel", "web")).isEqualTo(new Answer.Choice("web", null));
        assertThat(read("channel", List.of("shop"))).isEqualTo(new Answer.Choice("shop", null));
        assertThat(read("channel", "other")).isEqualTo(new Answer.Choice("other", null));
        assertThat(answers(Map.of("channel", "other", "channel.other", " A friend ")))
                .containsExactly(Map.entry(Slot.of("channel"), new Answer.Choice("other", "A friend")));
        assertThat(answers(Map.of("channel.other", "A friend")))
                .containsExactly(Map.entry(Slot.of("channel"), new Answer.Choice("other", "A friend")));
        assertThat(answers(Map.of("channel", Map.of("option", "other", "other", "A friend"))))
                .containsExactly(Map.entry(Slot.of("channel"), new Answer.Choice("other", "A friend")));
        assertThat(answers(Map.of("channel", "web", "channel.other", "A friend")))
                .containsExactly(Map.entry(Slot.of("channel"), new Answer.Choice("web", null)));
        assertThat(problem("channel", "moon")).isEqualTo("answer.option-unknown");
        assertThat(problem("channel", List.of("web", "shop"))).isEqualTo("answer.not-one-option");
        assertThat(problem("channel", "n/a")).isEqualTo("answer.option-unknown");
    }

    @Test
    void takesSeveralOptionsInTheSurveysOrder() {
        assertThat(read("good", List.of("speed", "price")))
                .isEqualTo(new Answer.Choices(List.of("price", "speed"), null));
        assertThat(read("good", "speed,box")).isEqualTo(new Answer.Choices(List.of("speed", "box"), null));
        assertThat(answers(Map.of("good", List.of("box"), "good.other", "The note")))
                .containsValue(new Answer.Choices(List.of("box", "other"), "The note"));
        assertThat(read("good", List.of("none"))).isEqualTo(new Answer.Choices(List.of("none"), null));
        assertThat(read("good", List.of())).isEqualTo(new Answer.Skipped());
        assertThat(read("good", ", ;")).isEqualTo(new Answer.Skipped());
        assertThat(problem("good", List.of("none", "box"))).isEqualTo("answer.exclusive");
        assertThat(problem("good", List.of("box"))).isEqualTo("answer.too-few");
        assertThat(problem("good", List.of("price", "speed", "box", "other"))).isEqualTo("answer.too-many");
        assertThat(problem("good", "price,moon")).isEqualTo("answer.option-unknown");
        assertThat(problem("good", true)).isEqualTo("answer.not-options");
    }

    @Test
    void takesAMatrixRowByRow() {
        var lid = new Slot("parts", "lid", "");
        var jug = new Slot("parts", "jug", "");
        assertThat(answers(Map.of("parts", Map.of("lid", "bad", "jug", "fine"))))
                .containsOnly(
                        Map.entry(lid, new Answer.Choice("bad", null)),
                        Map.entry(jug, new Answer.Choice("fine", null)));
        assertThat(answers(Map.of("parts.jug", "n/a"))).containsExactly(Map.entry(jug, new Answer.NotApplicable()));
        assertThat(answers(Map.of("parts", "n/a")))
                .containsOnly(Map.entry(lid, new Answer.NotApplicable()), Map.entry(jug, new Answer.NotApplicable()));
        assertThat(problem("parts", "bad")).isEqualTo("answer.row-needed");
        assertThat(problem("parts.top", "bad")).isEqualTo("answer.row-unknown");
        assertThat(problem("parts.lid", "worse")).isEqualTo("answer.option-unknown");
    }

    @Test
    void takesAnOrder() {
        assertThat(read("order", List.of("c", "a"))).isEqualTo(new Answer.Ranked(List.of("c", "a")));
        assertThat(read("order", "b, c")).isEqualTo(new Answer.Ranked(List.of("b", "c")));
        assertThat(answers(Map.of("order", Map.of("a", 2, "c", "1"))))
                .containsExactly(Map.entry(Slot.of("order"), new Answer.Ranked(List.of("c", "a"))));
        assertThat(answers(Map.of("order.a", "", "order.b", ""))).containsValue(new Answer.Skipped());
        assertThat(read("order", ",")).isEqualTo(new Answer.Skipped());
        assertThat(problem("order", List.of("a", "a"))).isEqualTo("answer.ranked-twice");
        assertThat(problem("order", Map.of("a", 1, "b", 1))).isEqualTo("answer.ranked-twice");
        assertThat(problem("order", List.of("a", "b", "c"))).isEqualTo("answer.too-many");
        assertThat(problem("order", "d")).isEqualTo("answer.option-unknown");
        assertThat(problem("order.d", 1)).isEqualTo("answer.option-unknown");
        assertThat(problem("order.a", 3)).isEqualTo("answer.out-of-range");
    }

    @Test
    void takesNumbers() {
        assertThat(read("kilos", 1.50)).isEqualTo(new Answer.Amount(new BigDecimal("1.5")));
        assertThat(read("kilos", "12,25")).isEqualTo(new Answer.Amount(new BigDecimal("12.25")));
        assertThat(read("kilos", " 99.00 ")).isEqualTo(new Answer.Amount(new BigDecimal("99")));
        assertThat(read("kilos", "\u0661\u0662\u066b\u0662\u0665"))
                .isEqualTo(new Answer.Amount(new BigDecimal("12.25")));
        assertThat(problem("kilos", "1,000")).isEqualTo("answer.not-number");
        assertThat(problem("kilos", "1e9")).isEqualTo("answer.not-number");
        assertThat(problem("kilos", Double.NaN)).isEqualTo("answer.not-number");
        assertThat(problem("kilos", new BigDecimal("1e999999999"))).isEqualTo("answer.not-number");
        assertThat(problem("kilos", true)).isEqualTo("answer.not-number");
        assertThat(problem("kilos", 1.234)).isEqualTo("answer.too-many-decimals");
        assertThat(problem("kilos", 0)).isEqualTo("answer.too-small");
        assertThat(problem("kilos", "100")).isEqualTo("answer.too-large");
    }

    @Test
    void takesDaysConsentsAndAddresses() {
        assertThat(read("since", "2024-02-29")).isEqualTo(new Answer.Day(LocalDate.parse("2024-02-29")));
        assertThat(problem("since", "2023-02-29")).isEqualTo("answer.not-a-day");
        assertThat(problem("since", 2024)).isEqualTo("answer.not-a-day");
        assertThat(problem("since", "2019-12-31")).isEqualTo("answer.too-early");
        assertThat(problem("since", "2031-01-01")).isEqualTo("answer.too-late");
        assertThat(read("news", true)).isEqualTo(new Answer.Agreed(true));
        assertThat(read("news", "on")).isEqualTo(new Answer.Agreed(true));
        assertThat(read("news", "false")).isEqualTo(new Answer.Agreed(false));
        assertThat(problem("news", "perhaps")).isEqualTo("answer.not-yes-or-no");
        assertThat(read("mail", " ana@example.com ")).isEqualTo(new Answer.Words("ana@example.com"));
        assertThat(problem("mail", "ana")).isEqualTo("answer.not-an-address");
        assertThat(problem("line", "x".repeat(501))).isEqualTo("answer.too-long");
    }

    @Test
    void takesNoAnswerToAStatement() {
        assertThat(answers(new HashMap<>(Map.of("note", "")))).isEmpty();
        assertThat(problem("note", "yes")).isEqualTo("answer.takes-none");
    }

    @Test
    void takesOneAnswerForEachLineOfTheOrder() {
        assertThat(answers(Map.of("each@1", 5, "each@12", "2")))
                .containsOnly(
                        Map.entry(new Slot("each", "", "1"), new Answer.Score(5)),
                        Map.entry(new Slot("each", "", "12"), new Answer.Score(2)));
        assertThat(answers(Map.of("each", Map.of("@2", 4))))
                .containsOnly(Map.entry(new Slot("each", "", "2"), new Answer.Score(4)));
        assertThat(problem("each", 4)).isEqualTo("answer.item-needed");
        assertThat(problem("each@kettle", 4)).isEqualTo("answer.item-needed");
        assertThat(problem("recommend@1", 4)).isEqualTo("answer.question-unknown");
        assertThat(problem("recommend.row", 4)).isEqualTo("answer.question-unknown");
    }

    @Test
    void keepsTheKindsOfMissingApart() {
        assertThat(read("satisfied", "n/a")).isEqualTo(new Answer.NotApplicable());
        assertThat(read("satisfied", null)).isEqualTo(new Answer.Skipped());
        assertThat(read("satisfied", " ")).isEqualTo(new Answer.Skipped());
        assertThat(problem("ease", "n/a")).isEqualTo("answer.not-integer");
        assertThat(answers(Map.of())).isEmpty();
    }

    @Test
    void keepsEveryAnswerInColumns() {
        var raw = new HashMap<String, Object>(Map.of(
                "recommend",
                0,
                "satisfied",
                "n/a",
                "channel.other",
                "A friend",
                "good",
                List.of("price", "other"),
                "parts.lid",
                "bad",
                "order",
                "c,a",
                "line",
                "x"));
        raw.putAll(Map.of(
                "kilos",
                2.5,
                "since",
                "2024-02-29",
                "news",
                false,
                "mail",
                "a@example.com",
                "each@3",
                1,
                "comment",
                "",
                "good.other",
                "The note"));
        var answers = answers(raw);
        assertThat(answers).hasSize(13);
        answers.forEach((slot, answer) -> assertThat(StoredAnswer.of(answer)
                        .to(survey.question(slot.question()).orElseThrow()))
                .isEqualTo(answer));
    }

    private Answer read(String name, Object raw) {
        var one = new HashMap<String, Object>();
        one.put(name, raw);
        return Objects.requireNonNull(answers(one).get(Slot.parse(name)));
    }

    private Map<Slot, Answer> answers(Map<String, ?> raw) {
        return survey.check(raw).orThrow();
    }

    private String problem(String name, Object raw) {
        Function<Object, Map<String, Object>> one = value -> {
            var map = new HashMap<String, Object>();
            map.put(name, value);
            return map;
        };
        var problems = survey.check(one.apply(raw)).problems();
        assertThat(problems).as(name + Arrays.asList(raw)).isNotEmpty();
        assertThat(problems.getFirst().field()).startsWith("answers." + name);
        return problems.getFirst().code();
    }
}
