package dev.afterword.db.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keeps a survey from being published, each with its place. */
class DefinitionCheckTest {
    private static final String FIRST = """
            {"key": "recommend", "type": "nps", "text": {"en": "Recommend?"}},
            {"key": "channel", "type": "single-choice", "text": {"en": "Where?"}, "options": [{"key": "web", "text": {"en": "Web"}}, {"key": "shop", "text": {"en": "Shop"}}]},
            {"key": "good", "type": "multiple-choice", "text": {"en": "What?"}, "most": 1, "options": [{"key": "price", "text": {"en": "Price"}}, {"key": "speed", "text": {"en": "Speed"}}]},
            {"key": "parts", "type": "matrix", "text": {"en": "Parts?"}, "rows": [{"key": "lid", "text": {"en": "Lid"}}],
             "columns": [{"key": "bad", "text": {"en": "Bad"}}, {"key": "fine", "text": {"en": "Fine"}}]},
            {"key": "since", "type": "date", "text": {"en": "Since?"}, "earliest": "2020-01-01"},
            {"key": "why", "type": "long-text", "text": {"en": "Why?"}, "showIf": {"subject": "answer.recommend", "operator": "at-most", "value": 6}}""";

    @Test
    void findsNothingWrongWithASoundSurvey() {
        assertThat(DefinitionCheck.of(SurveyDefinitionTest.postPurchase())).isEmpty();
        assertThat(DefinitionCheck.of(DefinitionReader.read(QuestionTest.ALL_TYPES)))
                .isEmpty();
        assertThat(problems("{\"key\": \"q\", \"type\": \"nps\", \"text\": {\"en\": \"Q\"}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"key": "recommend", "type": "nps", "text": {"en": "Again?"}}                                                   | survey.key-twice          | key
            {"key": "q", "type": "nps", "text": {"de": "Wie?"}}                                                             | survey.text-missing       | text
            {"key": "q", "type": "nps", "text": {"en": "Q"}, "help": {"de": "Hilfe"}}                                       | survey.text-missing       | help
            {"key": "q", "type": "nps", "text": {"en": "{{contact.shoe}}"}}                                                 | survey.piping-unknown     | text
            {"key": "q", "type": "nps", "text": {"en": "Q", "de": "{{answer.moon}}"}}                                       | survey.piping-unknown     | text
            {"key": "q", "type": "nps", "text": {"en": "{{answer.q}}"}}                                                     | survey.piping-later       | text
            {"key": "q", "type": "nps", "text": {"en": "{{line.name}}"}}                                                    | survey.line-outside       | text
            {"key": "q", "type": "single-choice", "text": {"en": "Q"}, "options": [{"key": "a", "text": {"en": "A"}}]}      | survey.options-too-few    | options
            {"key": "q", "type": "single-choice", "text": {"en": "Q"}, "options": [{"key": "a", "text": {"en": "A"}}, {"key": "a", "text": {"en": "B"}}]} | survey.key-twice | options[1].key
            {"key": "q", "type": "single-choice", "text": {"en": "Q"}, "options": [{"key": "a", "text": {"en": "A"}}, {"key": "b"}]} | survey.text-missing | options[1].text
            {"key": "q", "type": "single-choice", "text": {"en": "Q"}, "other": {"en": "O"}, "options": [{"key": "other", "text": {"en": "A"}}]} | survey.other-taken | other
            {"key": "q", "type": "multiple-choice", "text": {"en": "Q"}, "required": true, "least": 3, "options": [{"key": "a", "text": {"en": "A"}}, {"key": "b", "text": {"en": "B"}}, {"key": "n", "text": {"en": "N"}, "exclusive": true}]} | survey.least-too-many | least
            {"key": "q", "type": "multiple-choice", "text": {"en": "Q"}, "least": 2, "most": 1, "options": [{"key": "a", "text": {"en": "A"}}, {"key": "b", "text": {"en": "B"}}]} | survey.range-empty | most
            {"key": "q", "type": "ranking", "text": {"en": "Q"}, "top": 3, "options": [{"key": "a", "text": {"en": "A"}}, {"key": "b", "text": {"en": "B"}}]} | survey.top-too-many | top
            {"key": "q", "type": "matrix", "text": {"en": "Q"}, "rows": [], "columns": [{"key": "a", "text": {"en": "A"}}, {"key": "b", "text": {"en": "B"}}]} | survey.options-too-few | rows
            {"key": "q", "type": "number", "text": {"en": "Q"}, "least": 5, "most": 4}                                      | survey.range-empty        | most
            {"key": "q", "type": "number", "text": {"en": "Q"}, "least": 0.2, "most": 0.8}                                  | survey.range-empty        | most
            {"key": "q", "type": "date", "text": {"en": "Q"}, "earliest": "2026-02-01", "latest": "2026-01-01"}             | survey.range-empty        | latest
            {"key": "q", "type": "statement", "text": {"en": "Q"}, "required": true}                                        | survey.statement-required | required
            """)
    void findsWhatIsWrongWithAQuestion(String question, String code, String path) {
        assertThat(problems(FIRST + ", " + question)).first().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.path()).isEqualTo("pages[0].questions[6]." + path);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"subject": "answer.moon", "operator": "answered"}                                       | survey.reference-unknown | .subject
            {"subject": "answer.later", "operator": "answered"}                                      | survey.reference-later   | .subject
            {"subject": "answer.q", "operator": "answered"}                                          | survey.reference-later   | .subject
            {"subject": "answer.parts", "operator": "answered"}                                      | survey.reference-row     | .subject
            {"subject": "answer.parts.top", "operator": "answered"}                                  | survey.reference-row     | .subject
            {"subject": "answer.recommend.x", "operator": "answered"}                                | survey.reference-row     | .subject
            {"subject": "variable.moon", "operator": "is", "value": "full"}                          | survey.variable-unknown  | .subject
            {"subject": "variable.late", "operator": "is", "value": "a"}                             | survey.variable-later    | .subject
            {"subject": "line.sku", "operator": "is", "value": "k12"}                                | survey.line-outside      | .subject
            {"subject": "answer.recommend", "operator": "contains", "value": "9"}                    | survey.operator-misfit   | .operator
            {"subject": "answer.channel", "operator": "at-least", "value": 9}                        | survey.operator-misfit   | .operator
            {"subject": "answer.recommend", "operator": "is", "value": "nine"}                       | survey.value-impossible  | .value
            {"subject": "answer.channel", "operator": "is", "value": "moon"}                         | survey.value-impossible  | .value
            {"subject": "order.delivery", "operator": "is", "value": "lost"}                         | survey.value-impossible  | .value
            {"subject": "answer.since", "operator": "at-least", "value": "soon"}                     | survey.value-impossible  | .value
            {"subject": "answer.recommend", "operator": "at-least", "value": 11}                     | survey.condition-impossible | ''
            {"any": []}                                                                              | survey.condition-impossible | ''
            {"all": [{"subject": "answer.recommend", "operator": "at-least", "value": 7}, {"subject": "answer.recommend", "operator": "at-most", "value": 6}]} | survey.condition-impossible | ''
            {"all": [{"subject": "answer.channel", "operator": "is", "value": "web"}, {"not": {"subject": "answer.channel", "operator": "is", "value": "web"}}]} | survey.condition-impossible | ''
            {"all": [{"subject": "answer.good", "operator": "includes", "value": "price"}, {"subject": "answer.good", "operator": "includes", "value": "speed"}]} | survey.condition-impossible | ''
            {"all": [{"subject": "answer.since", "operator": "at-least", "value": "2026-01-02"}, {"subject": "answer.since", "operator": "at-most", "value": "2026-01-01"}]} | survey.condition-impossible | ''
            {"subject": "answer.since", "operator": "at-most", "value": "2019-12-31"}                | survey.condition-impossible | ''
            {"all": [{"subject": "answer.why", "operator": "answered"}, {"subject": "answer.recommend", "operator": "is", "value": 9}]} | survey.condition-impossible | ''
            {"all": [{"subject": "order.amount", "operator": "at-least", "value": 100}, {"subject": "order.amount", "operator": "at-most", "value": 50}]} | survey.condition-impossible | ''
            """)
    void findsWhatIsWrongWithACondition(String condition, String code, String path) {
        var question =
                "{\"key\": \"q\", \"type\": \"short-text\", \"text\": {\"en\": \"Q\"}, \"showIf\": %s}, {\"key\": \"later\", \"type\": \"nps\", \"text\": {\"en\": \"L\"}}"
                        .formatted(condition);
        assertThat(problems(FIRST + ", " + question)).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.path()).isEqualTo("pages[0].questions[6].showIf" + path.replace("'", ""));
            assertThat(problem.question()).isEqualTo("q");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"subject": "answer.good", "operator": "includes", "value": "price"}
            {"not": {"subject": "answer.why", "operator": "answered"}}
            {"all": [{"subject": "answer.recommend", "operator": "at-least", "value": 7}, {"subject": "answer.recommend", "operator": "at-most", "value": 7}]}
            {"all": [{"subject": "contact.attribute.city", "operator": "contains", "value": "a"}, {"subject": "contact.attribute.city", "operator": "contains", "value": "b"}]}
            {"all": [{"subject": "order.product", "operator": "includes", "value": "a"}, {"subject": "order.product", "operator": "includes", "value": "b"}]}
            {"all": [{"subject": "contact.language", "operator": "is", "value": "pt"}, {"subject": "order.delivery", "operator": "is", "value": "late"}]}
            {"all": [{"subject": "answer.why", "operator": "contains", "value": "x"}, {"subject": "answer.recommend", "operator": "is", "value": 3}]}
            {"subject": "answer.since", "operator": "at-least", "value": "2026-01-02"}
            {"subject": "answer.parts.lid", "operator": "is", "value": "bad"}
            {"subject": "score", "operator": "at-least", "value": 10}
            """)
    void allowsWhatCanHold(String condition) {
        assertThat(problems(FIRST
                        + ", {\"key\": \"q\", \"type\": \"short-text\", \"text\": {\"en\": \"Q\"}, \"showIf\": %s}"
                                .formatted(condition)))
                .isEmpty();
    }

    @Test
    void findsWhatNobodyCanReach() {
        var ends = """
                {"key": "a", "type": "nps", "text": {"en": "A"}, "endIf": {"subject": "answer.a", "operator": "at-least", "value": 7}},
                {"key": "b", "type": "nps", "text": {"en": "B"}, "endIf": {"not": {"subject": "answer.a", "operator": "at-least", "value": 7}}},
                {"key": "c", "type": "nps", "text": {"en": "C"}}""";
        assertThat(problems(ends)).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("survey.unreachable");
            assertThat(problem.path()).isEqualTo("pages[0].questions[2]");
        });
        var conflicting = """
                {"title": {"en": "T"}, "languages": ["en"], "pages": [
                 {"key": "one", "questions": [{"key": "a", "type": "nps", "text": {"en": "A"}}]},
                 {"key": "two", "showIf": {"subject": "answer.a", "operator": "is", "value": 1}, "questions": [
                  {"key": "b", "type": "nps", "text": {"en": "B"}, "showIf": {"subject": "answer.a", "operator": "is", "value": 2}}]}]}""";
        assertThat(DefinitionCheck.of(DefinitionReader.read(conflicting)))
                .extracting(DefinitionProblem::code)
                .containsExactly("survey.unreachable");
    }

    @Test
    void knowsThatAnOptionCanBeChosenWithAnother() {
        assertThat(problems("""
                {"key": "a", "type": "multiple-choice", "text": {"en": "A"}, "options": [{"key": "x", "text": {"en": "X"}}, {"key": "y", "text": {"en": "Y"}}],
                 "endIf": {"subject": "answer.a", "operator": "is", "value": "x"}},
                {"key": "b", "type": "nps", "text": {"en": "B"}, "showIf": {"subject": "answer.a", "operator": "includes", "value": "x"}}""")).isEmpty();
    }

    @Test
    void findsWhatIsWrongWithTheWhole() {
        assertThat(codes("{\"title\": {\"en\": \"T\"}, \"pages\": []}")).containsExactly("survey.no-questions");
        assertThat(codes("""
                {"title": {"en": "T"}, "pages": [{"key": "p", "questions": []}, {"key": "p", "perOrderLine": true, "questions": [
                 {"key": "q", "type": "nps", "text": {"en": "Q"}, "perOrderLine": true}]}]}""")).containsExactly("survey.page-empty", "survey.key-twice", "survey.repeated-twice");
        assertThat(codes("""
                {"title": {"de": "T"}, "languages": [], "pages": [{"key": "p", "questions": [{"key": "q", "type": "nps"}]}]}""")).containsExactly("survey.language-missing");
        assertThat(codes("""
                {"title": {"en": "T"}, "variables": [{"key": "v", "cases": [{"when": {"subject": "variable.w", "operator": "answered"}, "value": 1}], "otherwise": 0},
                  {"key": "w", "otherwise": 1}], "pages": [{"key": "p", "questions": [{"key": "q", "type": "nps", "text": {"en": "{{variable.v}} {{variable.x}}"}}]}]}""")).containsExactly("survey.variable-order", "survey.piping-unknown");
    }

    @Test
    void staysQuickWithManyQuestionsAndEnds() {
        var questions = new StringBuilder("{\"key\": \"q0\", \"type\": \"nps\", \"text\": {\"en\": \"Q\"}}");
        for (int i = 1; i < 200; i++) {
            questions.append(
                    ",{\"key\": \"q%d\", \"type\": \"nps\", \"text\": {\"en\": \"Q\"}, \"showIf\": {\"any\": [{\"subject\": \"answer.q%d\", \"operator\": \"at-most\", \"value\": 6}, {\"subject\": \"answer.q0\", \"operator\": \"is\", \"value\": 3}]}, \"endIf\": {\"subject\": \"answer.q%d\", \"operator\": \"is\", \"value\": 2}}"
                            .formatted(i, i - 1, i));
        }
        var begin = System.nanoTime();
        assertThat(problems(questions.toString())).isEmpty();
        assertThat((System.nanoTime() - begin) / 1_000_000).isLessThan(20_000);
    }

    private static List<DefinitionProblem> problems(String questions) {
        var variables = questions.contains("\"later\"")
                ? "\"variables\": [{\"key\": \"late\", \"cases\": [{\"when\": {\"subject\": \"answer.later\", \"operator\": \"answered\"}, \"value\": \"a\"}], \"otherwise\": \"b\"}],"
                : "";
        return DefinitionCheck.of(DefinitionReader.read(
                "{\"title\": {\"en\": \"T\"}, \"languages\": [\"en\", \"de\"], %s \"pages\": [{\"key\": \"p\", \"questions\": [%s]}]}"
                        .formatted(variables, questions)));
    }

    private static List<String> codes(String json) {
        return DefinitionCheck.of(DefinitionReader.read(json)).stream()
                .map(DefinitionProblem::code)
                .toList();
    }
}
