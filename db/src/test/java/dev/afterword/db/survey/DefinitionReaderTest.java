package dev.afterword.db.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.afterword.db.Rejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a definition is named with its path. */
class DefinitionReaderTest {
    @Test
    void readsWhatWasStoredBeforeThereWerePages() {
        var old = DefinitionReader.read("""
                {"title": {"en": "How?", "de": "Wie?"}, "questions": [{"key": "comment", "type": "text", "text": {"en": "Why?"}}]}
                """);
        assertThat(old.presentation()).isEqualTo(Presentation.ONE_PAGE);
        assertThat(old.languages()).containsExactly("en", "de");
        assertThat(old.questions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Question.LongText.class, text -> assertThat(text.key()).isEqualTo("comment"));
        assertThat(old.isPlain()).isTrue();
        assertThat(DefinitionReader.read(DefinitionWriter.write(old))).isEqualTo(old);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"key": "q", "type": "nbs"}                                                        | pages[0].questions[0].type | survey.type-unknown
            {"key": "q", "type": "nps", "colour": "red"}                                       | pages[0].questions[0].colour | field.unknown
            {"key": "q", "type": "nps", "most": 7}                                             | pages[0].questions[0].most | field.unknown
            {"type": "nps"}                                                                    | pages[0].questions[0].key | field.required
            {"key": "a.b", "type": "nps"}                                                      | pages[0].questions[0].key | survey.key-unreadable
            {"key": "q", "type": "ces", "scale": 6}                                            | pages[0].questions[0].scale | survey.scale-unknown
            {"key": "q", "type": "smileys", "most": 4}                                         | pages[0].questions[0].most | survey.smileys-unknown
            {"key": "q", "type": "stars", "most": 11}                                          | pages[0].questions[0].most | field.out-of-range
            {"key": "q", "type": "date", "latest": "soon"}                                     | pages[0].questions[0].latest | field.not-a-day
            {"key": "q", "type": "consent"}                                                    | pages[0].questions[0].purpose | field.required
            {"key": "q", "type": "nps", "text": "How?"}                                        | pages[0].questions[0].text | field.not-an-object
            {"key": "q", "type": "nps", "text": {"english!": "How?"}}                          | pages[0].questions[0].text.english! | survey.language-unreadable
            {"key": "q", "type": "nps", "text": {"en": 5}}                                     | pages[0].questions[0].text.en | field.not-text
            {"key": "q", "type": "nps", "required": "perhaps"}                                 | pages[0].questions[0].required | field.not-true-or-false
            {"key": "q", "type": "ranking", "options": [{"key": "a", "test": 1}]}              | pages[0].questions[0].options[0].test | field.unknown
            {"key": "q", "type": "nps", "showIf": {"subject": "weather", "operator": "is"}}    | pages[0].questions[0].showIf.subject | survey.subject-unknown
            {"key": "q", "type": "nps", "showIf": {"subject": "score", "operator": "like"}}    | pages[0].questions[0].showIf.operator | survey.operator-unknown
            {"key": "q", "type": "nps", "showIf": {"subject": "score", "operator": "is"}}      | pages[0].questions[0].showIf.value | field.required
            {"key": "q", "type": "nps", "showIf": {"subject": "score", "operator": "is", "value": [1]}} | pages[0].questions[0].showIf.value | survey.value-unreadable
            {"key": "q", "type": "nps", "showIf": {"subject": "score", "operator": "answered", "value": 1}} | pages[0].questions[0].showIf.value | survey.value-needless
            {"key": "q", "type": "nps", "endIf": {"all": [{"not": 5}]}}                        | pages[0].questions[0].endIf.all[0].not | field.not-an-object
            {"key": "q", "type": "nps", "endIf": {"all": [], "any": []}}                       | pages[0].questions[0].endIf.any | field.unknown
            """)
    void namesThePathOfWhatIsWrong(String question, String path, String code) {
        var problem = catchThrowableOfType(
                Rejected.class,
                () -> DefinitionReader.read(
                        "{\"title\": {\"en\": \"T\"}, \"pages\": [{\"key\": \"p\", \"questions\": [%s]}]}"
                                .formatted(question)));
        assertThat(problem.field()).isEqualTo(path);
        assertThat(problem.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"title": {"en": "T"}, "page": []}                              | page                | field.unknown
            {"title": {"en": "T"}, "presentation": "carousel"}              | presentation        | survey.presentation-unknown
            {"title": {"en": "T"}, "languages": ["en", "en"]}               | languages[1]        | survey.language-unreadable
            {"title": {"en": "T"}, "pages": [{"key": "p", "loop": true}]}   | pages[0].loop       | field.unknown
            {"title": {"en": "T"}, "variables": [{"key": "v"}]}             | variables[0].otherwise | field.required
            """)
    void namesThePathOfWhatIsWrongWithTheWhole(String json, String path, String code) {
        var problem = catchThrowableOfType(Rejected.class, () -> DefinitionReader.read(json));
        assertThat(problem.field()).isEqualTo(path);
        assertThat(problem.code()).isEqualTo(code);
    }
}
