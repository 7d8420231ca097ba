package dev.afterword.api.response;

import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.Piped;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.Walk;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question that is shown now, in the customer's language and with what is known put into its texts.
 *
 * @param item the line of the order that it is about; null where it is about none
 * @param slots the names under which it is answered: one, one for each row of a matrix, none for a statement
 * @param options what can be chosen or put in order, or the columns of a matrix
 * @param other what the option is called whose words the customer types; the words are given under key.other
 */
@Schema(name = "AskedStep")
record AskedStep(
        String page,
        String key,
        String type,
        @Nullable String item,
        List<String> slots,
        String text,
        @Nullable String help,
        boolean required,
        boolean notApplicable,
        @Nullable List<Choice> options,
        @Nullable List<Choice> rows,
        @Nullable String other) {

    /** One of the things that can be chosen. */
    @Schema(name = "AskedChoice")
    record Choice(String key, String text, boolean exclusive) {}

    static AskedStep of(Walk.Step step, Piped piped) {
        var question = step.question();
        var asking = question.asking();
        var item = step.item();
        return new AskedStep(
                step.page().key(),
                question.key(),
                question.type().code(),
                item.isEmpty() ? null : item,
                step.slots().stream().map(Slot::toString).toList(),
                piped.text(question.text(), item),
                asking.help() == null ? null : piped.text(asking.help(), item),
                asking.required(),
                asking.notApplicable(),
                switch (question) {
                    case Question.OfOptions several -> choices(several.options(), piped, item);
                    case Question.Matrix matrix -> choices(matrix.columns(), piped, item);
                    case Question.Scale _,
                            Question.Typed _,
                            Question.Figure _,
                            Question.Date _,
                            Question.Consent _,
                            Question.Statement _ -> null;
                },
                question instanceof Question.Matrix matrix ? choices(matrix.rows(), piped, item) : null,
                question instanceof Question.Choosing choosing && choosing.other() != null
                        ? piped.text(choosing.other(), item)
                        : null);
    }

    private static List<Choice> choices(List<Option> options, Piped piped, String item) {
        return options.stream()
                .map(option -> new Choice(option.key(), piped.text(option.text(), item), option.exclusive()))
                .toList();
    }
}
