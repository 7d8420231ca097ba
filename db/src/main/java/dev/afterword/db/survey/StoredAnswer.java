package dev.afterword.db.survey;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it is kept, in columns that do not depend on the type of its question.
 *
 * @param number a point, an amount, or 1 and 0 for a consent that was given and not
 * @param text words, or what was typed beside “other”
 * @param choices keys of options, in their order
 */
public record StoredAnswer(
        boolean skipped,
        boolean notApplicable,
        @Nullable BigDecimal number,
        @Nullable String text,
        @Nullable List<String> choices,
        @Nullable LocalDate day) {
    private static final StoredAnswer SKIPPED = new StoredAnswer(true, false, null, null, null, null);

    public static StoredAnswer of(Answer answer) {
        return switch (answer) {
            case Answer.Score score -> number(BigDecimal.valueOf(score.number()));
            case Answer.Amount amount -> number(amount.number());
            case Answer.Agreed agreed -> number(agreed.given() ? BigDecimal.ONE : BigDecimal.ZERO);
            case Answer.Words words -> new StoredAnswer(false, false, null, words.text(), null, null);
            case Answer.Choice choice ->
                new StoredAnswer(false, false, null, choice.other(), List.of(choice.option()), null);
            case Answer.Choices choices ->
                new StoredAnswer(false, false, null, choices.other(), choices.options(), null);
            case Answer.Ranked ranked -> new StoredAnswer(false, false, null, null, ranked.options(), null);
            case Answer.Day day -> new StoredAnswer(false, false, null, null, null, day.date());
            case Answer.NotApplicable _ -> new StoredAnswer(false, true, null, null, null, null);
            case Answer.Skipped _ -> SKIPPED;
        };
    }

    /** The same with other words in the place of words. */
    public StoredAnswer withWords(String other) {
        return text == null ? this : new StoredAnswer(skipped, notApplicable, number, other, choices, day);
    }

    private static StoredAnswer number(BigDecimal number) {
        return new StoredAnswer(false, false, number, null, null, null);
    }

    /** The answer to that question; skipped where the columns hold nothing that it takes. */
    public Answer to(Question question) {
        if (notApplicable) {
            return new Answer.NotApplicable();
        }
        return switch (question) {
            case Question.Scale _ when number != null -> new Answer.Score(number.intValue());
            case Question.Figure _ when number != null -> new Answer.Amount(number);
            case Question.Consent _ when number != null -> new Answer.Agreed(number.signum() != 0);
            case Question.Typed _ when text != null -> new Answer.Words(text);
            case Question.SingleChoice _
            when choices != null && !choices.isEmpty() -> new Answer.Choice(choices.getFirst(), text);
            case Question.Matrix _
            when choices != null && !choices.isEmpty() -> new Answer.Choice(choices.getFirst(), null);
            case Question.MultipleChoice _
            when choices != null && !choices.isEmpty() -> new Answer.Choices(choices, text);
            case Question.Ranking _ when choices != null && !choices.isEmpty() -> new Answer.Ranked(choices);
            case Question.Date _ when day != null -> new Answer.Day(day);
            case Question.Scale _,
                    Question.Figure _,
                    Question.Consent _,
                    Question.Typed _,
                    Question.OfOptions _,
                    Question.Matrix _,
                    Question.Date _,
                    Question.Statement _ -> new Answer.Skipped();
        };
    }
}
