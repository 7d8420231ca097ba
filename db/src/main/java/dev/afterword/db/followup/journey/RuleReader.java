package dev.afterword.db.followup.journey;

import dev.afterword.db.Fields;
import dev.afterword.db.survey.Condition;
import dev.afterword.db.survey.Operator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads rules from JSON: {@code all}, {@code any} or {@code not}, or the test of a fact. */
final class RuleReader {
    private static final int MOST = 50;
    private static final int DEPTH = 6;

    private RuleReader() {}

    static @Nullable Rule optional(Fields fields, String name) {
        var rule = fields.optionalObject(name);
        return rule == null ? null : rule(rule);
    }

    static Rule rule(Fields fields) {
        return rule(fields, 1);
    }

    private static Rule rule(Fields fields, int depth) {
        if (depth > DEPTH) {
            throw fields.rejected("follow-up.rule-too-deep", "fact", DEPTH);
        }
        if (fields.has("all")) {
            fields.only(Set.of("all"));
            return new Rule.All(several(fields, "all", depth));
        }
        if (fields.has("any")) {
            fields.only(Set.of("any"));
            return new Rule.Any(several(fields, "any", depth));
        }
        if (fields.has("not")) {
            fields.only(Set.of("not"));
            return new Rule.Not(rule(fields.object("not"), depth + 1));
        }
        fields.only(Set.of("fact", "operator", "value"));
        return test(fields);
    }

    private static List<Rule> several(Fields fields, String name, int depth) {
        return Objects.requireNonNullElse(fields.optionalObjects(name, MOST), List.<Fields>of()).stream()
                .map(one -> rule(one, depth + 1))
                .toList();
    }

    private static Rule test(Fields fields) {
        var fact = fields.text("fact", 200);
        var kind = FactKind.of(fact).orElseThrow(() -> fields.rejected("follow-up.fact-unknown", "fact", fact));
        var word = fields.text("operator", 40);
        var operator = Operator.of(word)
                .filter(kind.operators()::contains)
                .orElseThrow(() -> fields.rejected("follow-up.operator-unfit", "operator", word, fact));
        if (!operator.takesValue()) {
            fields.only(Set.of("fact", "operator"));
            return new Rule.Test(fact, operator, null);
        }
        var value = value(fields);
        if (kind.isNumber() && !(value instanceof Condition.Figure)) {
            throw fields.rejected("follow-up.number-needed", "value", fact);
        }
        return new Rule.Test(fact, operator, value);
    }

    private static Condition.Value value(Fields fields) {
        return switch (fields.plain("value")) {
            case null -> throw fields.rejected("field.required", "value");
            case String _ -> new Condition.Text(fields.text("value", 500));
            case Boolean flag -> new Condition.Flag(flag);
            case Number number -> new Condition.Figure(new BigDecimal(number.toString()));
            default -> throw fields.rejected("follow-up.value-unreadable", "value");
        };
    }
}
