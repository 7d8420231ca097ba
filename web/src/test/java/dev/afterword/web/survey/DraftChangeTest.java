package dev.afterword.web.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.survey.DefinitionReader;
import dev.afterword.db.survey.DefinitionWriter;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.web.Form;
import org.junit.jupiter.api.Test;

/** Changes of a draft by forms, without a browser: what a form was filled with changes nothing, and each act what it names. */
class DraftChangeTest {
    private static final SurveyDefinition SURVEY = DefinitionReader.read("""
            {"title": {"en": "How was it?"}, "languages": ["en"],
             "variables": [{"key": "mood", "otherwise": "fair", "cases": [
                {"value": 1.5, "when": {"subject": "contact.attribute.plan", "operator": "is", "value": "gold"}},
                {"value": "kept", "when": {"not": {"subject": "answer.recommend", "operator": "answered"}}}]}],
             "pages": [{"key": "page", "questions": [
                {"key": "recommend", "type": "nps", "text": {"en": "Would you?"}},
                {"key": "why", "type": "long-text", "text": {"en": "Being {{variable.mood}}, why?"}, "showIf": {"subject": "variable.mood", "operator": "is", "value": "fair"}}]}]}
            """);

    @Test
    void keepsWhatAFormIsFilledWith() {
        assertThat(DraftChange.of(SURVEY, variables(SURVEY)).definition()).isEqualTo(SURVEY);
    }

    @Test
    void renamesAVariableWhereverItIsNamed() {
        var changed = DraftChange.of(SURVEY, variables(SURVEY).put("variable-0-key", "temper"))
                .definition();
        assertThat(DefinitionWriter.write(changed)).contains("variable.temper").doesNotContain("mood");
    }

    @Test
    void addsAndRemovesCasesAndVariables() {
        var added = act(SURVEY, "case-add:0");
        assertThat(added.variables().getFirst().cases()).hasSize(3);
        assertThat(act(added, "case-delete:0:2")).isEqualTo(SURVEY);
        var another = act(SURVEY, "variable-add");
        assertThat(another.variables()).extracting("key").containsExactly("mood", "variable");
        assertThat(act(another, "variable-delete:1")).isEqualTo(SURVEY);
    }

    @Test
    void asksForAnAttributeByItsName() {
        var form =
                variables(SURVEY).put("variable-0-case-0-0-attribute", "level").put("variable-0-case-0-is", "high");
        assertThat(DefinitionWriter.write(DraftChange.of(SURVEY, form).definition()))
                .contains("contact.attribute.level", "\"high\"")
                .doesNotContain("attribute.plan");
    }

    private static SurveyDefinition act(SurveyDefinition survey, String act) {
        return DraftChange.of(survey, variables(survey).put("act", act)).definition();
    }

    private static Form variables(SurveyDefinition survey) {
        var subjects = Subjects.before(survey, Place.VARIABLES, false);
        return VariableFields.form(DraftTree.of(survey), subjects)
                .put("at", "variables")
                .put("typed", "yes");
    }
}
