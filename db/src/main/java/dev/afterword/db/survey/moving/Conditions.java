package dev.afterword.db.survey.moving;

import dev.afterword.db.survey.Condition;
import dev.afterword.db.survey.Condition.All;
import dev.afterword.db.survey.Condition.Any;
import dev.afterword.db.survey.Condition.Not;
import dev.afterword.db.survey.Condition.Test;
import dev.afterword.db.survey.Condition.Value;
import dev.afterword.db.survey.Operator;
import dev.afterword.db.survey.Subject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts conditions together without needless brackets. Null stands for the condition that always holds. */
final class Conditions {
    private Conditions() {}

    static Test test(Subject subject, Operator operator, @Nullable Value value) {
        return new Test(subject, operator, value);
    }

    static Test is(Subject subject, String word) {
        return new Test(subject, Operator.IS, Value.of(word));
    }

    static Condition any(Collection<? extends Condition> conditions) {
        var flat = new LinkedHashSet<Condition>();
        conditions.forEach(one -> flat.addAll(one instanceof Any several ? several.conditions() : List.of(one)));
        return flat.size() == 1 ? flat.getFirst() : new Any(List.copyOf(flat));
    }

    static Condition all(Collection<? extends Condition> conditions) {
        var flat = new LinkedHashSet<Condition>();
        conditions.forEach(one -> flat.addAll(one instanceof All several ? several.conditions() : List.of(one)));
        return flat.size() == 1 ? flat.getFirst() : new All(List.copyOf(flat));
    }

    /** Both hold. */
    static @Nullable Condition both(@Nullable Condition one, @Nullable Condition other) {
        return one == null ? other : other == null ? one : all(List.of(one, other));
    }

    static Condition not(Condition condition) {
        return switch (condition) {
            case Not not -> not.condition();
            case All all
            when all.conditions().stream().allMatch(Not.class::isInstance) ->
                any(all.conditions().stream().map(Conditions::not).toList());
            case Any any
            when any.conditions().stream().allMatch(Not.class::isInstance) ->
                all(any.conditions().stream().map(Conditions::not).toList());
            case All _, Any _, Test _ -> new Not(condition);
        };
    }

    /** Whether the two can never hold at once, as far as that is plain to see: the same subject, other values. */
    static boolean exclude(Condition one, Condition other) {
        return parts(one).stream()
                        .anyMatch(left -> parts(other).stream()
                                .anyMatch(right -> left.subject().equals(right.subject()) && apart(left, right)))
                || apartAsRanges(one, other);
    }

    private static List<Test> parts(Condition condition) {
        return switch (condition) {
            case Test test -> List.of(test);
            case All all ->
                all.conditions().stream()
                        .filter(Test.class::isInstance)
                        .map(Test.class::cast)
                        .toList();
            case Any _, Not _ -> List.of();
        };
    }

    private static boolean apart(Test one, Test other) {
        if (one.operator() == Operator.IS && other.operator() == Operator.IS) {
            return !sameValue(one.value(), other.value());
        }
        return (one.operator() == Operator.SKIPPED) != (other.operator() == Operator.SKIPPED);
    }

    private static boolean sameValue(@Nullable Value one, @Nullable Value other) {
        return one != null && other != null && one.text().equals(other.text());
    }

    private static boolean apartAsRanges(Condition one, Condition other) {
        var subjects = parts(one).stream().map(Test::subject).collect(Collectors.toSet());
        return subjects.stream().anyMatch(subject -> {
            var left = Range.of(parts(one), subject);
            var right = Range.of(parts(other), subject);
            return below(left.to(), right.from()) || below(right.to(), left.from());
        });
    }

    private static boolean below(@Nullable BigDecimal end, @Nullable BigDecimal beginning) {
        return end != null && beginning != null && end.compareTo(beginning) < 0;
    }

    /** Between which numbers a subject is. */
    private record Range(
            @Nullable BigDecimal from, @Nullable BigDecimal to) {
        static Range of(List<Test> tests, Subject subject) {
            var range = new Range(null, null);
            for (var test : tests) {
                if (test.subject().equals(subject) && test.value() instanceof Condition.Figure figure) {
                    range = switch (test.operator()) {
                        case AT_LEAST -> new Range(figure.number(), range.to);
                        case AT_MOST -> new Range(range.from, figure.number());
                        case IS -> new Range(figure.number(), figure.number());
                        case ANSWERED, SKIPPED, IS_NOT, INCLUDES, INCLUDES_NONE, CONTAINS -> range;
                    };
                }
            }
            return range;
        }
    }

    /** Whether it says something false of a question that was not shown. */
    static boolean needsToBeShown(Condition condition, Collection<Subject> subjects) {
        return switch (condition) {
            case Test test -> subjects.contains(test.subject());
            case All all -> all.conditions().stream().anyMatch(one -> needsToBeShown(one, subjects));
            case Any any -> any.conditions().stream().allMatch(one -> needsToBeShown(one, subjects));
            case Not _ -> false;
        };
    }

    /** How many conditions stand side by side at most, how deep inside each other, and how many there are in all. */
    static boolean tooLarge(Condition condition) {
        return depth(condition, 1) > 10
                || widest(condition) > 50
                || tests(condition).size() > 1000;
    }

    private static int depth(Condition condition, int depth) {
        return inner(condition).stream()
                .mapToInt(one -> depth(one, depth + 1))
                .max()
                .orElse(depth);
    }

    private static int widest(Condition condition) {
        var inside = inner(condition);
        return Math.max(
                inside.size(),
                inside.stream().mapToInt(Conditions::widest).max().orElse(0));
    }

    private static List<Condition> inner(Condition condition) {
        return switch (condition) {
            case All all -> all.conditions();
            case Any any -> any.conditions();
            case Not not -> List.of(not.condition());
            case Test _ -> List.of();
        };
    }

    /** All tests in it, in order. */
    static List<Test> tests(@Nullable Condition condition) {
        if (condition == null) {
            return List.of();
        }
        var tests = new ArrayList<Test>();
        if (condition instanceof Test test) {
            tests.add(test);
        }
        inner(condition).forEach(one -> tests.addAll(tests(one)));
        return tests;
    }
}
