package dev.afterword.api.response;

import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.SurveyDefinition;
import org.jspecify.annotations.Nullable;

/** An answer as JSON has it, and as it may be given again: a number, a text, true or false, a list of keys, or null where it was skipped. */
final class PlainAnswer {
    private PlainAnswer() {}

    static @Nullable Object of(Answer answer) {
        return switch (answer) {
            case Answer.Score score -> score.number();
            case Answer.Words words -> words.text();
            case Answer.Choice choice -> choice.option();
            case Answer.Choices choices -> choices.options();
            case Answer.Ranked ranked -> ranked.options();
            case Answer.Amount amount -> amount.number();
            case Answer.Day day -> day.date().toString();
            case Answer.Agreed agreed -> agreed.given();
            case Answer.NotApplicable _ -> SurveyDefinition.NOT_APPLICABLE;
            case Answer.Skipped _ -> null;
        };
    }

    /** What was typed beside “other”. */
    static @Nullable String other(Answer answer) {
        return switch (answer) {
            case Answer.Choice choice -> choice.other();
            case Answer.Choices choices -> choices.other();
            case Answer.Score _,
                    Answer.Words _,
                    Answer.Ranked _,
                    Answer.Amount _,
                    Answer.Day _,
                    Answer.Agreed _,
                    Answer.NotApplicable _,
                    Answer.Skipped _ -> null;
        };
    }
}
