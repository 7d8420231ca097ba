package dev.afterword.db.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.afterword.db.survey.Difference.Kind;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    private static final SurveyDefinition BEFORE =
            SurveyGallery.find("after-delivery").orElseThrow().definition();

    private static SurveyDefinition changed(UnaryOperator<String> change) {
        return DefinitionReader.read(change.apply(DefinitionWriter.write(BEFORE)));
    }

    @Test
    void findsNoneWhereNothingChanged() {
        assertThat(Difference.between(BEFORE, changed(UnaryOperator.identity())))
                .isEmpty();
    }

    @Test
    void tellsNewWordsFromNewLogicFromNewTranslations() {
        var after = changed(json -> json.replace("What went wrong?", "What was wrong?")
                .replace("\"value\":3", "\"value\":2")
                .replace("Möchten Sie uns mehr erzählen?", "Noch etwas?"));
        assertThat(Difference.between(BEFORE, after))
                .extracting(Difference::kind, Difference::place)
                .containsExactly(
                        tuple(Kind.REWORDED, "what-went-wrong"),
                        tuple(Kind.LOGIC, "what-went-wrong"),
                        tuple(Kind.TRANSLATED, "comment"));
    }

    @Test
    void seesAnotherKeyAsOneQuestionLessAndOneMore() {
        var after = changed(json -> json.replace("\"key\":\"ease\"", "\"key\":\"effort\""));
        assertThat(Difference.between(BEFORE, after))
                .extracting(Difference::kind)
                .containsExactly(Kind.ADDED, Kind.REMOVED);
    }

    @Test
    void seesOptionsAsSettings() {
        var after = changed(json -> json.replace("\"key\":\"late\"", "\"key\":\"delayed\""));
        assertThat(Difference.between(BEFORE, after))
                .extracting(Difference::kind)
                .containsExactly(Kind.SETTINGS);
    }

    @Test
    void seesAnotherScaleByItsEnds() {
        var after = changed(json -> json.replace("\"scale\":7", "\"scale\":5"));
        assertThat(Difference.between(BEFORE, after))
                .containsExactly(new Difference(Kind.RESCALED, "ease", "1–7", "1–5"));
    }
}
