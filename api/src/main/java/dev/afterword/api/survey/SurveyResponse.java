package dev.afterword.api.survey;

import dev.afterword.db.survey.DefinitionWriter;
import dev.afterword.db.survey.ListedSurvey;
import dev.afterword.db.survey.Survey;
import dev.afterword.db.survey.SurveyDraft;
import dev.afterword.db.survey.SurveyVersion;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A survey as a program reads it.
 *
 * @param draftVersion to be sent back with a change, so that nobody writes over another's
 * @param changed whether the definition differs from what is published
 * @param definition what it asks once it is published, as survey.schema.json says
 */
@Schema(name = "Survey")
record SurveyResponse(
        String key, String name, boolean archived, int draftVersion, boolean changed, Map<String, Object> definition) {
    static SurveyResponse of(SurveyDraft draft) {
        var survey = draft.survey();
        return new SurveyResponse(
                survey.surveyKey(),
                survey.name(),
                survey.archived(),
                draft.version(),
                draft.changed(),
                DefinitionWriter.tree(draft.definition()));
    }

    /** All surveys of a workspace. */
    @Schema(name = "Surveys")
    record Page(List<Item> items, @Nullable String next) {}

    /**
     * A survey in the list.
     *
     * @param version the number of what is asked now; null before the first publication
     */
    @Schema(name = "ListedSurvey")
    record Item(
            String key,
            String name,
            boolean archived,
            @Nullable Integer version,
            @Nullable Instant publishedAt,
            boolean changed) {
        static Item of(ListedSurvey listed) {
            Survey survey = listed.survey();
            return new Item(
                    survey.surveyKey(),
                    survey.name(),
                    survey.archived(),
                    listed.number(),
                    listed.publishedAt(),
                    listed.draftChangedAt() != null);
        }
    }

    /** What exactly was asked; never changes. */
    @Schema(name = "SurveyVersion")
    record Version(String survey, int number, Instant publishedAt, Map<String, Object> definition) {
        static Version of(SurveyVersion version) {
            return new Version(
                    version.surveyKey(),
                    version.number(),
                    version.publishedAt(),
                    DefinitionWriter.tree(version.definition()));
        }
    }
}
