package dev.afterword.db.survey.moving;

import dev.afterword.db.survey.Asking;
import dev.afterword.db.survey.Condition;
import dev.afterword.db.survey.Question;
import org.jspecify.annotations.Nullable;

/** Gives a question its conditions, once all names that they mention are known. */
final class Asked {
    private Asked() {}

    static Question when(Question question, @Nullable Condition showIf, @Nullable Condition endIf) {
        var asking = question.asking();
        return with(
                question,
                new Asking(
                        asking.key(),
                        asking.text(),
                        asking.help(),
                        asking.required(),
                        asking.notApplicable(),
                        showIf,
                        asking.perOrderLine(),
                        endIf));
    }

    private static Question with(Question question, Asking asking) {
        return switch (question) {
            case Question.Nps one -> new Question.Nps(asking, one.low(), one.high());
            case Question.Csat one -> new Question.Csat(asking, one.low(), one.high());
            case Question.Ces one -> new Question.Ces(asking, one.low(), one.high(), one.scale(), one.highIsGood());
            case Question.Stars one -> new Question.Stars(asking, one.low(), one.high(), one.most());
            case Question.Smileys one -> new Question.Smileys(asking, one.low(), one.high(), one.most());
            case Question.Thumbs one -> new Question.Thumbs(asking, one.low(), one.high());
            case Question.SingleChoice one ->
                new Question.SingleChoice(asking, one.options(), one.other(), one.shuffled());
            case Question.MultipleChoice one ->
                new Question.MultipleChoice(
                        asking, one.options(), one.other(), one.shuffled(), one.least(), one.most());
            case Question.Matrix one -> new Question.Matrix(asking, one.rows(), one.columns(), one.shuffled());
            case Question.Ranking one -> new Question.Ranking(asking, one.options(), one.top(), one.shuffled());
            case Question.ShortText _ -> new Question.ShortText(asking);
            case Question.LongText _ -> new Question.LongText(asking);
            case Question.Figure one ->
                new Question.Figure(asking, one.least(), one.most(), one.decimals(), one.unit());
            case Question.Date one -> new Question.Date(asking, one.earliest(), one.latest());
            case Question.Consent one -> new Question.Consent(asking, one.purpose());
            case Question.Email _ -> new Question.Email(asking);
            case Question.Statement _ -> new Question.Statement(asking);
        };
    }
}
