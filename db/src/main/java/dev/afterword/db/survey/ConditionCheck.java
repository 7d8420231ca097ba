package dev.afterword.db.survey;

import dev.afterword.db.survey.Subject.AnswerTo;
import dev.afterword.db.survey.Subject.ContactAttribute;
import dev.afterword.db.survey.Subject.Known;
import dev.afterword.db.survey.Subject.VariableOf;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether conditions look at what exists, came before, and can be compared so. */
final class ConditionCheck {
    private final SurveyDefinition definition;
    private final Problems problems;

    ConditionCheck(SurveyDefinition definition, Problems problems) {
        this.definition = definition;
        this.problems = problems;
    }

    /**
     * A condition that stands somewhere in the survey.
     *
     * @param earlier the keys of the questions that it may look at
     * @param repeated whether it stands inside a repetition
     */
    void check(
            @Nullable Condition condition,
            String path,
            @Nullable String question,
            Set<String> earlier,
            boolean repeated) {
        switch (condition) {
            case null -> {}
            case Condition.All all -> several(all.conditions(), path + ".all", question, earlier, repeated);
            case Condition.Any any -> several(any.conditions(), path + ".any", question, earlier, repeated);
            case Condition.Not not -> check(not.condition(), path + ".not", question, earlier, repeated);
            case Condition.Test test -> test(test, path, question, earlier, repeated);
        }
    }

    private void several(
            List<Condition> conditions, String path, @Nullable String question, Set<String> earlier, boolean repeated) {
        for (int at = 0; at < conditions.size(); at++) {
            check(conditions.get(at), path + "[" + at + "]", question, earlier, repeated);
        }
    }

    /** A variable looks at any question, and at variables before it; where it is used decides which have come before. */
    void variable(Variable variable, int number, String path) {
        var all = Set.copyOf(
                definition.questions().stream().map(Question::key).distinct().toList());
        for (int at = 0; at < variable.cases().size(); at++) {
            var when = path + ".cases[" + at + "].when";
            check(variable.cases().get(at).when(), when, null, all, true);
            for (var used : variables(variable.cases().get(at).when())) {
                if (index(used) >= number) {
                    problems.add("survey.variable-order", when, null, used);
                }
            }
        }
    }

    private void test(
            Condition.Test test, String path, @Nullable String question, Set<String> earlier, boolean repeated) {
        switch (test.subject()) {
            case AnswerTo answer -> answer(answer, test, path, question, earlier);
            case VariableOf variable -> {
                if (index(variable.key()) < 0) {
                    problems.add("survey.variable-unknown", path + ".subject", question, variable.key());
                } else {
                    used(variable.key(), path, question, earlier, index(variable.key()));
                }
            }
            case Known known
            when known.isOfLine() && !repeated ->
                problems.add("survey.line-outside", path + ".subject", question, known.code());
            case Known known -> compared(Comparison.of(known), test, path, question);
            case ContactAttribute _ -> compared(Comparison.WORDS_OR_NUMBER, test, path, question);
        }
    }

    private void answer(
            AnswerTo answer, Condition.Test test, String path, @Nullable String question, Set<String> earlier) {
        var asked = definition.question(answer.question()).orElse(null);
        if (asked == null || asked instanceof Question.Statement) {
            problems.add("survey.reference-unknown", path + ".subject", question, answer.question());
        } else if (!rowFits(asked, answer.row())) {
            problems.add("survey.reference-row", path + ".subject", question, answer.question(), answer.row());
        } else if (!earlier.contains(answer.question())) {
            problems.add("survey.reference-later", path + ".subject", question, answer.question());
        } else {
            compared(Comparison.of(asked), test, path, question);
        }
    }

    private void compared(Comparison comparison, Condition.Test test, String path, @Nullable String question) {
        if (!comparison.takes(test.operator())) {
            problems.add(
                    "survey.operator-misfit",
                    path + ".operator",
                    question,
                    test.operator().code(),
                    test.subject().code());
        } else if (test.value() != null && !comparison.takes(test.operator(), test.value())) {
            problems.add(
                    "survey.value-impossible",
                    path + ".value",
                    question,
                    test.value().text());
        }
    }

    /** A variable that is used here must not look at what comes later, nor do those that it uses. */
    private void used(String key, String path, @Nullable String question, Set<String> earlier, int before) {
        for (var one : definition.variables().get(before).cases()) {
            for (var asked : questions(one.when())) {
                if (!earlier.contains(asked)) {
                    problems.add("survey.variable-later", path + ".subject", question, key, asked);
                }
            }
            for (var other : variables(one.when())) {
                if (index(other) >= 0 && index(other) < before) {
                    used(other, path, question, earlier, index(other));
                }
            }
        }
    }

    private int index(String variable) {
        for (int at = 0; at < definition.variables().size(); at++) {
            if (definition.variables().get(at).key().equals(variable)) {
                return at;
            }
        }
        return -1;
    }

    static boolean rowFits(Question question, String row) {
        return question instanceof Question.Matrix matrix
                ? matrix.rows().stream().anyMatch(one -> one.key().equals(row))
                : row.isEmpty();
    }

    private static List<String> questions(Condition condition) {
        return tests(condition).stream()
                .map(Condition.Test::subject)
                .filter(AnswerTo.class::isInstance)
                .map(subject -> ((AnswerTo) subject).question())
                .distinct()
                .toList();
    }

    private static List<String> variables(Condition condition) {
        return tests(condition).stream()
                .map(Condition.Test::subject)
                .filter(VariableOf.class::isInstance)
                .map(subject -> ((VariableOf) subject).key())
                .distinct()
                .toList();
    }

    static List<Condition.Test> tests(Condition condition) {
        return switch (condition) {
            case Condition.All all ->
                all.conditions().stream().flatMap(one -> tests(one).stream()).toList();
            case Condition.Any any ->
                any.conditions().stream().flatMap(one -> tests(one).stream()).toList();
            case Condition.Not not -> tests(not.condition());
            case Condition.Test test -> List.of(test);
        };
    }
}
