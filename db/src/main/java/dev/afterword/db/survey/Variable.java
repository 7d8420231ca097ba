package dev.afterword.db.survey;

import dev.afterword.db.survey.Condition.Value;
import java.util.List;

/** A value that follows from answers and facts: that of the first case that holds, else the otherwise. */
public record Variable(String key, List<Case> cases, Value otherwise) {
    public Variable {
        cases = List.copyOf(cases);
    }

    /** A value, and when the variable has it. */
    public record Case(Condition when, Value value) {}
}
