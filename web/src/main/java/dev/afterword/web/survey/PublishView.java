package dev.afterword.web.survey;

import dev.afterword.db.followup.FollowUp;
import dev.afterword.db.survey.DefinitionProblem;
import dev.afterword.db.survey.Difference;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.SurveyDraft;
import dev.afterword.db.survey.SurveyVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What publishing would change, or what is in its way.
 *
 * @param published the version that is asked now; null before the first
 * @param asking the follow-ups that ask it
 */
record PublishView(
        SurveyDraft draft,
        String path,
        @Nullable SurveyVersion published,
        List<Row> problems,
        List<Difference> differences,
        List<FollowUp> asking) {
    /**
     * One problem, and where it can be mended.
     *
     * @param question its text; empty where it is about a page or the whole
     */
    record Row(DefinitionProblem problem, String question, String at) {
        static Row of(DefinitionProblem problem, SurveyDefinition definition) {
            var key = problem.question();
            if (key != null) {
                var language = definition.languages().getFirst();
                var text = definition
                        .question(key)
                        .map(question -> question.text().in(language, language))
                        .orElse("");
                return new Row(problem, text.isEmpty() ? key : ConditionWords.cut(text), "question:" + key);
            }
            return new Row(problem, "", page(problem.path(), definition));
        }

        /** The page that the path leads through; empty for the whole. */
        private static String page(String path, SurveyDefinition definition) {
            if (!path.matches("pages\\[\\d{1,4}].*")) {
                return "";
            }
            int page = Integer.parseInt(path.substring("pages[".length(), path.indexOf(']')));
            return page < definition.pages().size()
                    ? "page:" + definition.pages().get(page).key()
                    : "";
        }
    }

    static PublishView of(
            SurveyDraft draft,
            String path,
            @Nullable SurveyVersion published,
            List<DefinitionProblem> problems,
            List<FollowUp> asking) {
        return new PublishView(
                draft,
                path,
                published,
                problems.stream().map(one -> Row.of(one, draft.definition())).toList(),
                published == null ? List.of() : Difference.between(published.definition(), draft.definition()),
                asking);
    }

    /** Whether there is anything to publish. */
    public boolean isNews() {
        return published == null || !differences.isEmpty();
    }
}
