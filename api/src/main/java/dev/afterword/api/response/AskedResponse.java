package dev.afterword.api.response;

import dev.afterword.db.response.AnswerSheet;
import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.Piped;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Slot;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a customer is asked and has answered so far, for a page of the shop's own.
 *
 * @param questions all questions of the survey
 * @param steps what is shown now, in order; what else is shown may depend on the answers
 * @param missing the names of required answers that are not given yet
 * @param answers by name, those to questions that are not shown now among them
 */
@Schema(name = "AskedInvitation")
record AskedResponse(
        String survey,
        String language,
        String shop,
        String title,
        @Nullable String product,
        List<AskedQuestion> questions,
        List<AskedStep> steps,
        List<String> missing,
        Map<String, @Nullable Object> answers,
        boolean complete,
        boolean confirmed,
        boolean closed,
        Instant closesAt) {

    /**
     * One question.
     *
     * @param from the lowest point; null for a question that is answered in words
     */
    @Schema(name = "AskedQuestion")
    record AskedQuestion(
            String key,
            String type,
            String text,
            @Nullable Integer from,
            @Nullable Integer to,
            @Nullable String low,
            @Nullable String high) {
        static AskedQuestion of(Question question, String language, String workspaceLanguage) {
            var text = question.text().in(language, workspaceLanguage);
            var type = question.type().code();
            return question instanceof Question.Scale scale
                    ? new AskedQuestion(
                            scale.key(),
                            type,
                            text,
                            scale.from(),
                            scale.to(),
                            scale.low().in(language, workspaceLanguage),
                            scale.high().in(language, workspaceLanguage))
                    : new AskedQuestion(question.key(), type, text, null, null, null, null);
        }
    }

    static AskedResponse of(AnswerSheet sheet, Instant now) {
        var language = sheet.invitation().language();
        var workspaceLanguage = sheet.workspace().language();
        var definition = sheet.version().definition();
        var response = sheet.response();
        var walk = sheet.walk();
        var piped = new Piped(definition, sheet.facts(), walk, language, workspaceLanguage);
        var answers = new LinkedHashMap<String, @Nullable Object>();
        if (response != null) {
            response.answers().forEach((slot, answer) -> {
                answers.put(slot.toString(), PlainAnswer.of(answer));
                var other = PlainAnswer.other(answer);
                if (other != null) {
                    answers.put(slot.row(Option.OTHER).toString(), other);
                }
            });
        }
        return new AskedResponse(
                sheet.version().surveyKey(),
                language,
                sheet.workspace().name(),
                definition.title().in(language, workspaceLanguage),
                sheet.purchase() == null ? null : sheet.purchase().product(),
                definition.questions().stream()
                        .map(question -> AskedQuestion.of(question, language, workspaceLanguage))
                        .toList(),
                walk.steps().stream().map(step -> AskedStep.of(step, piped)).toList(),
                walk.missing().stream().map(Slot::toString).toList(),
                answers,
                response != null && response.complete(),
                sheet.answered(),
                sheet.closed(now),
                sheet.closesAt());
    }
}
