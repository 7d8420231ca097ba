package dev.afterword.db.survey;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way through a survey: what is shown, given what is known and what was answered so far. Conditions see only answers to earlier questions that are shown.
 *
 * @param steps what is shown, in order
 * @param answers the given answers that count: those to what is shown
 * @param hidden the places of the other given answers, which are kept and count nowhere until they are shown again
 * @param missing the places that are shown, required, and not answered
 * @param ended whether it ends early, after the last step
 * @param score the points of what was chosen
 * @param variables the value of each, in words
 */
public record Walk(
        List<Step> steps,
        Map<Slot, Answer> answers,
        Set<Slot> hidden,
        List<Slot> missing,
        boolean ended,
        int score,
        Map<String, String> variables) {

    /**
     * One question that is shown.
     *
     * @param item the line of the order that it is about, else empty
     * @param slots where its answers go: one, one for each row of a matrix, none for a statement
     */
    public record Step(SurveyPage page, Question question, String item, List<Slot> slots) {
        static Step of(SurveyPage page, Question question, String item) {
            var slot = new Slot(question.key(), "", item);
            return new Step(
                    page,
                    question,
                    item,
                    switch (question) {
                        case Question.Matrix matrix ->
                            matrix.rows().stream()
                                    .map(row -> slot.row(row.key()))
                                    .toList();
                        case Question.Statement _ -> List.of();
                        case Question.Scale _,
                                Question.OfOptions _,
                                Question.Typed _,
                                Question.Figure _,
                                Question.Date _,
                                Question.Consent _ -> List.of(slot);
                    });
        }
    }

    public static Walk of(SurveyDefinition definition, Facts facts, Map<Slot, Answer> answers) {
        return new Walker(definition, facts, answers).walk();
    }

    /** Whether an answer to that place counts. */
    public boolean shows(Slot slot) {
        return steps.stream().anyMatch(step -> step.slots().contains(slot));
    }

    /** Whether something was really said: not skipped. */
    public static boolean isAnswered(@Nullable Answer answer) {
        return answer != null && !(answer instanceof Answer.Skipped);
    }
}
