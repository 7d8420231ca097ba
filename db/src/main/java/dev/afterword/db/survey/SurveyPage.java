package dev.afterword.db.survey;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Questions that belong together.
 *
 * @param key unique among the survey's pages
 * @param showIf shown only where it holds; null means always
 * @param perOrderLine whether it is asked once for each line of the order
 * @param endIf the survey ends after this page where it holds; null means never
 */
public record SurveyPage(
        String key,
        @Nullable Texts title,
        @Nullable Condition showIf,
        boolean perOrderLine,
        List<Question> questions,
        @Nullable Condition endIf) {
    public SurveyPage {
        questions = List.copyOf(questions);
    }

    public static SurveyPage of(String key, List<Question> questions) {
        return new SurveyPage(key, null, null, false, questions, null);
    }
}
