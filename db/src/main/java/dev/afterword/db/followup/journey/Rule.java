package dev.afterword.db.followup.journey;

import dev.afterword.db.survey.Condition.Value;
import dev.afterword.db.survey.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition on what is known of a contact, an order, answers and earlier contact. */
public sealed interface Rule {
    /** Every one of them holds. */
    record All(List<Rule> rules) implements Rule {
        public All {
            rules = List.copyOf(rules);
        }
    }

    /** At least one of them holds. */
    record Any(List<Rule> rules) implements Rule {
        public Any {
            rules = List.copyOf(rules);
        }
    }

    /** It does not hold. */
    record Not(Rule rule) implements Rule {}

    /** A fact is compared with a value; without one for {@code answered} (it is known) and {@code skipped} (it is not). */
    record Test(String fact, Operator operator, @Nullable Value value) implements Rule {}

    /** Whether it, or a rule in it, looks at a fact of that kind. */
    default boolean looksAt(FactKind kind) {
        return switch (this) {
            case All all -> all.rules().stream().anyMatch(rule -> rule.looksAt(kind));
            case Any any -> any.rules().stream().anyMatch(rule -> rule.looksAt(kind));
            case Not not -> not.rule().looksAt(kind);
            case Test test -> FactKind.of(test.fact()).filter(kind::equals).isPresent();
        };
    }

    /** Whether it holds for what is known. A fact that is not known holds for nothing but {@code skipped}. */
    default boolean holds(Known known) {
        return switch (this) {
            case All all -> all.rules().stream().allMatch(rule -> rule.holds(known));
            case Any any -> any.rules().stream().anyMatch(rule -> rule.holds(known));
            case Not not -> !not.rule().holds(known);
            case Test test -> known.holds(test);
        };
    }
}
