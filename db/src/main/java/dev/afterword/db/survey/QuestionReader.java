package dev.afterword.db.survey;

import static dev.afterword.db.survey.DefinitionReader.flag;
import static dev.afterword.db.survey.DefinitionReader.optionalTexts;
import static dev.afterword.db.survey.DefinitionReader.options;
import static dev.afterword.db.survey.DefinitionReader.texts;

import dev.afterword.db.Fields;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one question from JSON; the members that all questions have stand beside those of its type. */
final class QuestionReader {
    private static final Set<String> ALL =
            Set.of("key", "type", "text", "help", "required", "notApplicable", "showIf", "perOrderLine", "endIf");
    private static final int SMILEYS = 5;
    private static final int STARS = 5;
    private static final int CES = 7;

    private QuestionReader() {}

    static Question read(Fields fields) {
        var code = fields.text("type", 100);
        var type = QuestionType.of(code)
                .orElseThrow(() -> fields.rejected(
                        "survey.type-unknown",
                        "type",
                        DefinitionReader.shown(code),
                        DefinitionReader.words(QuestionType.values())));
        fields.only(Stream.concat(ALL.stream(), type.members().stream()).collect(Collectors.toSet()));
        var asking = asking(fields);
        return switch (type) {
            case NPS -> new Question.Nps(asking, texts(fields, "low"), texts(fields, "high"));
            case CSAT -> new Question.Csat(asking, texts(fields, "low"), texts(fields, "high"));
            case CES -> ces(asking, fields);
            case STARS ->
                new Question.Stars(
                        asking, texts(fields, "low"), texts(fields, "high"), number(fields, "most", 3, 10, STARS));
            case SMILEYS -> smileys(asking, fields);
            case THUMBS -> new Question.Thumbs(asking, texts(fields, "low"), texts(fields, "high"));
            case SINGLE_CHOICE ->
                new Question.SingleChoice(
                        asking,
                        options(fields, "options"),
                        optionalTexts(fields, "other"),
                        flag(fields, "shuffled", false));
            case MULTIPLE_CHOICE ->
                new Question.MultipleChoice(
                        asking,
                        options(fields, "options"),
                        optionalTexts(fields, "other"),
                        flag(fields, "shuffled", false),
                        number(fields, "least", 0, 1_000, 0),
                        fields.optionalInteger("most", 1, 1_000));
            case MATRIX ->
                new Question.Matrix(
                        asking, options(fields, "rows"), options(fields, "columns"), flag(fields, "shuffled", false));
            case RANKING ->
                new Question.Ranking(
                        asking,
                        options(fields, "options"),
                        fields.optionalInteger("top", 1, 1_000),
                        flag(fields, "shuffled", false));
            case SHORT_TEXT -> new Question.ShortText(asking);
            case LONG_TEXT -> new Question.LongText(asking);
            case NUMBER ->
                new Question.Figure(
                        asking,
                        fields.optionalNumber("least"),
                        fields.optionalNumber("most"),
                        number(fields, "decimals", 0, 10, 0),
                        optionalTexts(fields, "unit"));
            case DATE -> new Question.Date(asking, day(fields, "earliest"), day(fields, "latest"));
            case CONSENT -> new Question.Consent(asking, fields.text("purpose", 200));
            case EMAIL -> new Question.Email(asking);
            case STATEMENT -> new Question.Statement(asking);
        };
    }

    private static Asking asking(Fields fields) {
        return new Asking(
                DefinitionReader.key(fields, "key"),
                texts(fields, "text"),
                optionalTexts(fields, "help"),
                flag(fields, "required", false),
                flag(fields, "notApplicable", false),
                ConditionReader.optional(fields, "showIf"),
                flag(fields, "perOrderLine", false),
                ConditionReader.optional(fields, "endIf"));
    }

    private static Question ces(Asking asking, Fields fields) {
        int scale = number(fields, "scale", 0, 100, CES);
        if (scale != 5 && scale != 7) {
            throw fields.rejected("survey.scale-unknown", "scale", scale);
        }
        return new Question.Ces(
                asking, texts(fields, "low"), texts(fields, "high"), scale, flag(fields, "highIsGood", true));
    }

    private static Question smileys(Asking asking, Fields fields) {
        int most = number(fields, "most", 0, 100, SMILEYS);
        if (most != 3 && most != 5) {
            throw fields.rejected("survey.smileys-unknown", "most", most);
        }
        return new Question.Smileys(asking, texts(fields, "low"), texts(fields, "high"), most);
    }

    private static int number(Fields fields, String name, int least, int most, int otherwise) {
        return Objects.requireNonNullElse(fields.optionalInteger(name, least, most), otherwise);
    }

    private static @Nullable LocalDate day(Fields fields, String name) {
        var text = fields.optionalText(name, 20);
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw fields.rejected("field.not-a-day", name, text);
        }
    }
}
