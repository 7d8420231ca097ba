package dev.afterword.db.response.export;

import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.SurveyDefinition;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers as values of a cell or of JSON: numbers, days, true and false as such, options by key or, with labels, by their words. Several options stay a list.
 *
 * @param labels options by their words
 */
record Values(boolean labels) {
    /** Stands in a cell where a question was shown and left empty; an empty cell was not shown. */
    static final String SKIPPED = "[skipped]";

    /** A number, text, day, boolean or list of texts; null where it was skipped. */
    @Nullable
    Object of(Question question, Answer answer, Exported from) {
        return switch (answer) {
            case Answer.Score score -> score.number();
            case Answer.Amount amount -> amount.number();
            case Answer.Words words -> words.text();
            case Answer.Day day -> day.date();
            case Answer.Agreed agreed -> agreed.given();
            case Answer.Choice choice -> option(question, choice.option(), from);
            case Answer.Choices choices -> options(question, choices.options(), from);
            case Answer.Ranked ranked -> options(question, ranked.options(), from);
            case Answer.NotApplicable _ -> SurveyDefinition.NOT_APPLICABLE;
            case Answer.Skipped _ -> null;
        };
    }

    /** What was typed beside “other”. */
    static @Nullable String typed(@Nullable Answer answer) {
        return answer instanceof Answer.Choice choice
                ? choice.other()
                : answer instanceof Answer.Choices choices ? choices.other() : null;
    }

    /** A value for a cell: lists are joined. */
    static Object cell(@Nullable Object value) {
        return value instanceof List<?> several
                ? several.stream().map(Object::toString).collect(Collectors.joining(";"))
                : Objects.requireNonNullElse(value, SKIPPED);
    }

    private List<String> options(Question question, List<String> keys, Exported from) {
        return keys.stream().map(key -> option(question, key, from)).toList();
    }

    private String option(Question question, String key, Exported from) {
        if (!labels) {
            return key;
        }
        var label = from.piped().shown(question, new Answer.Choice(key, null));
        return label == null || label.isEmpty() ? key : label;
    }

    /** The words beside an option, where there are any. */
    static boolean hasTyped(Question question) {
        return question instanceof Question.Choosing choosing && choosing.other() != null;
    }

    /** The options or columns of a question. */
    static List<Option> options(Question question) {
        return switch (question) {
            case Question.OfOptions several -> several.options();
            case Question.Matrix matrix -> matrix.columns();
            case Question.Scale _,
                    Question.Typed _,
                    Question.Figure _,
                    Question.Date _,
                    Question.Consent _,
                    Question.Statement _ -> List.of();
        };
    }
}
