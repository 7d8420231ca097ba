package dev.afterword.web.response;

import dev.afterword.db.response.AnswerSheet;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.SurveyDefinition;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The answer page, resolved: nothing is left to the template but to show it.
 *
 * @param asker the person or team who asks; the shop itself where none is known
 * @param closes the last day, in the customer's language
 * @param problem the code of what went wrong with the whole, null when nothing did
 */
record AnswerView(
        CustomerPage page,
        String title,
        @Nullable String firstName,
        String asker,
        @Nullable Thing thing,
        List<Asked> questions,
        String closes,
        boolean answered,
        boolean byMail,
        @Nullable String problem) {
    /** What was bought. */
    record Thing(
            @Nullable String product,
            @Nullable String imageUrl,
            long more,
            String orderId,
            @Nullable String arrived) {}

    /**
     * One question.
     *
     * @param points from the lowest to the highest; empty for a question that is answered in words
     * @param typed the words so far
     * @param problem the code of what is wrong with the answer, null when nothing is
     * @param focus whether the page opens here
     */
    record Asked(
            String key,
            String text,
            List<Point> points,
            String low,
            String high,
            String typed,
            @Nullable String problem,
            boolean focus) {}

    /** One point of a scale. */
    record Point(int number, boolean chosen, boolean focus) {}

    /** What stands in the fields: raw, by question key. */
    static AnswerView of(
            AnswerSheet sheet, CustomerPage page, Map<String, String> fields, Map<String, String> problems) {
        var invitation = sheet.invitation();
        var definition = sheet.version().definition();
        var workspaceLanguage = sheet.workspace().language();
        var first = definition.questions().stream()
                .map(Question::key)
                .filter(problems::containsKey)
                .findFirst()
                .orElse("");
        var questions = definition.questions().stream()
                .map(question -> asked(
                        question,
                        invitation.language(),
                        workspaceLanguage,
                        fields.getOrDefault(question.key(), ""),
                        problems.get(question.key()),
                        question.key().equals(first)))
                .toList();
        var sender = sheet.workspace().senderName();
        return new AnswerView(
                page,
                definition.title().in(invitation.language(), workspaceLanguage),
                firstName(sheet.contactName()),
                sender == null || sender.isBlank() ? sheet.workspace().name() : sender,
                thing(sheet, page),
                questions,
                day(invitation.closesAt(), sheet, page),
                sheet.answered(),
                invitation.acceptedAt() != null,
                problems.get(""));
    }

    private static Asked asked(
            Question question,
            String language,
            String workspaceLanguage,
            String field,
            @Nullable String problem,
            boolean focus) {
        var text = question.text().in(language, workspaceLanguage);
        return switch (question) {
            case Question.Scale scale ->
                new Asked(
                        scale.key(),
                        text,
                        points(scale, field, focus),
                        scale.low().in(language, workspaceLanguage),
                        scale.high().in(language, workspaceLanguage),
                        "",
                        problem,
                        focus);
            case Question.OfOptions _,
                    Question.Matrix _,
                    Question.Typed _,
                    Question.Figure _,
                    Question.Date _,
                    Question.Consent _,
                    Question.Statement _ -> new Asked(question.key(), text, List.of(), "", "", field, problem, focus);
        };
    }

    private static List<Point> points(Question.Scale scale, String field, boolean focus) {
        var onScale = IntStream.rangeClosed(scale.from(), scale.to())
                .mapToObj(Integer::toString)
                .anyMatch(field::equals);
        var focused = onScale ? field : Integer.toString(scale.from());
        return IntStream.rangeClosed(scale.from(), scale.to())
                .mapToObj(number -> new Point(
                        number,
                        Integer.toString(number).equals(field),
                        focus && Integer.toString(number).equals(focused)))
                .toList();
    }

    /** What was answered before, as it stands in the fields. */
    static String field(Answer answer) {
        return switch (answer) {
            case Answer.Score score -> Integer.toString(score.number());
            case Answer.Words words -> words.text();
            case Answer.Choice choice -> choice.option();
            case Answer.Choices choices -> String.join(",", choices.options());
            case Answer.Ranked ranked -> String.join(",", ranked.options());
            case Answer.Amount amount -> amount.number().toPlainString();
            case Answer.Day day -> day.date().toString();
            case Answer.Agreed agreed -> Boolean.toString(agreed.given());
            case Answer.NotApplicable _ -> SurveyDefinition.NOT_APPLICABLE;
            case Answer.Skipped _ -> "";
        };
    }

    static @Nullable String firstName(@Nullable String name) {
        return name == null || name.isBlank() ? null : name.strip().split("\\s+", 2)[0];
    }

    private static @Nullable Thing thing(AnswerSheet sheet, CustomerPage page) {
        var purchase = sheet.purchase();
        if (purchase == null) {
            return null;
        }
        var image = purchase.imageUrl();
        var delivered = purchase.deliveredAt();
        return new Thing(
                purchase.product(),
                image != null && image.startsWith("https://") ? image : null,
                Math.max(0, purchase.products() - 1),
                purchase.orderId(),
                delivered == null ? null : day(delivered, sheet, page));
    }

    static String day(Instant instant, AnswerSheet sheet, CustomerPage page) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(page.locale())
                .withZone(sheet.workspace().zone())
                .format(instant);
    }
}
