package dev.afterword.db.survey;

import dev.afterword.db.Fields;
import dev.afterword.db.survey.Condition.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads conditions from JSON: {@code all}, {@code any} or {@code not}, or the test of a subject. */
final class ConditionReader {
    private static final int MOST = 50;
    private static final int DEPTH = 10;

    private ConditionReader() {}

    static @Nullable Condition optional(Fields fields, String name) {
        var condition = fields.optionalObject(name);
        return condition == null ? null : condition(condition);
    }

    static Condition condition(Fields fields) {
        return condition(fields, 1);
    }

    private static Condition condition(Fields fields, int depth) {
        if (depth > DEPTH) {
            throw fields.rejected("survey.condition-too-deep", "subject", DEPTH);
        }
        if (fields.has("all")) {
            fields.only(Set.of("all"));
            return new Condition.All(several(fields, "all", depth));
        }
        if (fields.has("any")) {
            fields.only(Set.of("any"));
            return new Condition.Any(several(fields, "any", depth));
        }
        if (fields.has("not")) {
            fields.only(Set.of("not"));
            return new Condition.Not(condition(fields.object("not"), depth + 1));
        }
        fields.only(Set.of("subject", "operator", "value"));
        return test(fields);
    }

    private static List<Condition> several(Fields fields, String name, int depth) {
        return DefinitionReader.list(fields, name, MOST).stream()
                .map(one -> condition(one, depth + 1))
                .toList();
    }

    private static Condition test(Fields fields) {
        var code = fields.text("subject", 300);
        var subject = Subject.of(code)
                .orElseThrow(() -> fields.rejected("survey.subject-unknown", "subject", DefinitionReader.shown(code)));
        var word = fields.text("operator", 100);
        var operator = Operator.of(word)
                .orElseThrow(() -> fields.rejected(
                        "survey.operator-unknown",
                        "operator",
                        DefinitionReader.shown(word),
                        DefinitionReader.words(Operator.values())));
        if (!operator.takesValue() && fields.has("value")) {
            throw fields.rejected("survey.value-needless", "value", word);
        }
        return new Condition.Test(subject, operator, operator.takesValue() ? value(fields, "value") : null);
    }

    static Value value(Fields fields, String name) {
        return switch (fields.plain(name)) {
            case null -> throw fields.rejected("field.required", name);
            case String _ -> new Condition.Text(Objects.requireNonNullElse(fields.optionalText(name, 1_000), ""));
            case Boolean flag -> new Condition.Flag(flag);
            case Number number -> new Condition.Figure(new BigDecimal(number.toString()));
            default -> throw fields.rejected("survey.value-unreadable", name);
        };
    }
}
