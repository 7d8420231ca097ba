package dev.afterword.db.survey.moving;

import dev.afterword.db.survey.Condition;
import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.moving.Expression.Binary;
import dev.afterword.db.survey.moving.Expression.Call;
import dev.afterword.db.survey.moving.Expression.Empty;
import dev.afterword.db.survey.moving.Expression.Literal;
import dev.afterword.db.survey.moving.Expression.Name;
import dev.afterword.db.survey.moving.Expression.Negated;
import dev.afterword.db.survey.moving.Expression.Several;
import dev.afterword.db.survey.moving.Named.ToAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says another product's condition in our words. */
final class ExpressionCondition {
    private static final Map<String, String> MIRRORED = Map.of("<", ">", "<=", ">=", ">", "<", ">=", "<=");
    private static final Set<String> SINGLE = Set.of("=", "!=", "<", "<=", ">", ">=", "contains", "notcontains");
    /** Functions that change nothing where answers have types. */
    private static final Set<String> TRANSPARENT = Set.of("intval", "floatval", "trim", "number", "tonumber");

    private final Function<String, @Nullable Named> names;

    /** @param names what each name stands for; null where it is unknown */
    ExpressionCondition(Function<String, @Nullable Named> names) {
        this.names = names;
    }

    Condition of(Expression expression) {
        return switch (expression) {
            case Binary(var operator, var left, var right)
            when operator.equals("or") -> Conditions.any(List.of(of(left), of(right)));
            case Binary(var operator, var left, var right)
            when operator.equals("and") -> Conditions.all(List.of(of(left), of(right)));
            case Binary binary -> compare(binary);
            case Negated(var inner) -> Conditions.not(of(inner));
            case Empty(var inner) -> Conditions.not(Comparison.answered(named(inner)));
            case Call(var function, var arguments)
            when (function.equals("is_empty") || function.equals("isempty")) && arguments.size() == 1 ->
                Conditions.not(Comparison.answered(named(arguments.getFirst())));
            case Name name -> holds(named(name));
            case Call call -> throw new CannotSay(call.function() + "()");
            case Literal literal -> throw new CannotSay(literal.text());
            case Several _ -> throw new CannotSay("[…]");
        };
    }

    /** A name alone: yes where it is a yes or no, else that there is an answer. */
    private static Condition holds(Named named) {
        return named instanceof ToAnswer answer
                        && (answer.question() instanceof Question.Consent
                                || (answer.question() instanceof Question.SingleChoice
                                        && answer.values().containsKey("true")))
                ? Comparison.of(named, "=", "true")
                : Comparison.answered(named);
    }

    private Condition compare(Binary binary) {
        if (isValue(binary.left()) && !isValue(binary.right())) {
            var mirrored = MIRRORED.getOrDefault(binary.operator(), binary.operator());
            return compare(new Binary(mirrored, /* left= */ binary.right(), /* right= */ binary.left()));
        }
        if (binary.left() instanceof Call call) {
            return compareCall(call, binary);
        }
        var named = named(binary.left());
        if (binary.right() instanceof Several several) {
            return compareSeveral(
                    named,
                    binary.operator(),
                    several.items().stream().map(ExpressionCondition::literal).toList());
        }
        return SINGLE.contains(binary.operator())
                ? Comparison.of(named, binary.operator(), literal(binary.right()))
                : compareSeveral(named, binary.operator(), List.of(literal(binary.right())));
    }

    private Condition compareCall(Call call, Binary binary) {
        if (TRANSPARENT.contains(call.function()) && call.arguments().size() == 1) {
            return compare(new Binary(binary.operator(), call.arguments().getFirst(), binary.right()));
        }
        var number = Comparison.numberOrNull(literal(binary.right()));
        if (!Set.of("count", "strlen").contains(call.function()) || number == null) {
            throw new CannotSay(call.function() + "()");
        }
        var one = binary.operator() + " " + number.toPlainString();
        var some = Conditions.any(call.arguments().stream()
                .map(argument -> Comparison.answered(named(argument)))
                .toList());
        return switch (one) {
            case "> 0", ">= 1", "!= 0" -> some;
            case "= 0", "< 1", "<= 0" -> Conditions.not(some);
            default -> throw new CannotSay(call.function() + "() " + one);
        };
    }

    static Condition compareSeveral(Named named, String operator, List<String> values) {
        return switch (operator) {
            case "anyof" -> anyOf(named, values);
            case "noneof" -> Conditions.not(anyOf(named, values));
            case "allof", "contains" ->
                Conditions.all(values.stream()
                        .map(value -> Comparison.of(named, "contains", value))
                        .toList());
            case "notcontains" ->
                Conditions.not(Conditions.all(values.stream()
                        .map(value -> Comparison.of(named, "contains", value))
                        .toList()));
            case "=" -> exactly(named, values);
            case "!=" -> Conditions.not(exactly(named, values));
            default -> throw new CannotSay(operator);
        };
    }

    private static Condition anyOf(Named named, List<String> values) {
        var several = named instanceof ToAnswer answer
                && (answer.question() instanceof Question.MultipleChoice
                        || answer.question() instanceof Question.Ranking);
        return Conditions.any(values.stream()
                .map(value -> Comparison.of(named, several ? "contains" : "=", value))
                .toList());
    }

    /** Those options and no others. */
    private static Condition exactly(Named named, List<String> values) {
        if (values.size() == 1) {
            return Comparison.of(named, "=", values.getFirst());
        }
        if (!(named instanceof ToAnswer answer && answer.question() instanceof Question.MultipleChoice choice)) {
            throw new CannotSay(String.join(", ", values));
        }
        var wanted = values.stream().map(answer::key).toList();
        var parts = new ArrayList<Condition>();
        wanted.forEach(key -> parts.add(Comparison.includes(answer, key)));
        choice.options().stream()
                .map(Option::key)
                .filter(key -> !wanted.contains(key))
                .forEach(key -> parts.add(Conditions.not(Comparison.includes(answer, key))));
        return Conditions.all(parts);
    }

    private Named named(Expression expression) {
        if (!(expression instanceof Name(var name))) {
            throw new CannotSay(expression instanceof Call call ? call.function() + "()" : "…");
        }
        var named = names.apply(name);
        if (named == null) {
            throw new CannotSay(name);
        }
        return named;
    }

    private static boolean isValue(Expression expression) {
        return expression instanceof Literal || expression instanceof Several;
    }

    private static String literal(Expression expression) {
        return switch (expression) {
            case Literal(var text) -> text;
            case Name(var name) -> throw new CannotSay(name);
            case Call call -> throw new CannotSay(call.function() + "()");
            case Binary _, Negated _, Empty _, Several _ -> throw new CannotSay("…");
        };
    }
}
