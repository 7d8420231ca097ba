package dev.afterword.db.response.mark;

import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.SurveyDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The same answer all the way: in a matrix of at least four rows, or at least five scales in a row with the same ends. Non-differentiation in batteries is the
 * best-known sign of answering without thinking (Krosnick 1991, Kim et al. 2019); a person may mean it all the same.
 */
final class StraightLine {
    private static final int ROWS = 4;
    private static final int SCALES = 5;

    private StraightLine() {}

    /** The question at which it begins, and how many are the same. */
    static Optional<Map<String, String>> in(SurveyDefinition asked, Map<Slot, Answer> answers) {
        var items = new TreeSet<String>();
        answers.keySet().forEach(slot -> items.add(slot.item()));
        for (var item : items) {
            var matrix = matrix(asked, answers, item);
            if (matrix.isPresent()) {
                return matrix;
            }
            var scales = scales(asked, answers, item);
            if (scales.isPresent()) {
                return scales;
            }
        }
        return Optional.empty();
    }

    private static Optional<Map<String, String>> matrix(
            SurveyDefinition asked, Map<Slot, Answer> answers, String item) {
        for (var question : asked.questions()) {
            if (question instanceof Question.Matrix matrix
                    && matrix.rows().size() >= ROWS
                    && matrix.columns().size() > 1) {
                var given = matrix.rows().stream()
                        .map(row -> answers.get(new Slot(matrix.key(), row.key(), item)))
                        .distinct()
                        .toList();
                if (given.size() == 1 && given.getFirst() instanceof Answer.Choice) {
                    return why(matrix, matrix.rows().size());
                }
            }
        }
        return Optional.empty();
    }

    /** What was skipped, or does not apply, breaks the line; what is no scale does not. */
    private static Optional<Map<String, String>> scales(
            SurveyDefinition asked, Map<Slot, Answer> answers, String item) {
        Question.@Nullable Scale first = null;
        Answer.@Nullable Score same = null;
        int length = 0;
        for (var question : asked.questions()) {
            if (!(question instanceof Question.Scale scale)) {
                continue;
            }
            var answer = answers.get(new Slot(scale.key(), "", item));
            if (answer instanceof Answer.Score score
                    && first != null
                    && score.equals(same)
                    && scale.from() == first.from()
                    && scale.to() == first.to()) {
                length++;
            } else if (answer instanceof Answer.Score score) {
                first = scale;
                same = score;
                length = 1;
            } else if (answer != null) {
                first = null;
                length = 0;
            }
            if (length >= SCALES) {
                return why(Objects.requireNonNull(first), length);
            }
        }
        return Optional.empty();
    }

    private static Optional<Map<String, String>> why(Question question, int same) {
        var why = new LinkedHashMap<String, String>();
        why.put("question", question.key());
        why.put("same", Integer.toString(same));
        return Optional.of(why);
    }
}
