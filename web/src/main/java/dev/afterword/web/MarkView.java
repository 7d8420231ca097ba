package dev.afterword.web;

import dev.afterword.db.response.Marked;
import dev.afterword.db.survey.SurveyDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is doubtful about a response, ready for its sentence.
 *
 * @param why what the sentence names, in its order; a question by its words
 * @param kind of nonsense; null of other marks
 * @param other the page of the response that has the same words; null of other marks
 */
public record MarkView(
        String code,
        int rule,
        List<String> why,
        @Nullable String kind,
        @Nullable String other) {
    static MarkView of(Signed signed, Marked marked, @Nullable SurveyDefinition asked) {
        var why = marked.mark().why().stream()
                .map(name -> words(name, marked.why().getOrDefault(name, ""), asked, signed))
                .toList();
        var other = marked.why().get("response");
        return new MarkView(
                marked.mark().code(),
                marked.rule(),
                why,
                marked.why().get("kind"),
                other == null ? null : signed.path("/responses/" + other));
    }

    private static String words(String name, String value, @Nullable SurveyDefinition asked, Signed signed) {
        if (!name.equals("question") || asked == null) {
            return value;
        }
        var language = signed.workspace().language();
        return asked.question(value)
                .map(question -> question.text().in(language, language))
                .orElse(value);
    }
}
