package dev.afterword.db.survey;

import dev.afterword.db.survey.Subject.AnswerTo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether conditions can hold together. They are brought into disjunctive normal form; a conjunction is possible where each of its subjects has a value for
 * which all that is said of it holds. What would grow beyond a bound counts as possible: nothing is ever wrongly refused.
 */
final class Possibility {
    private static final int TERMS = 64;

    private final Candidates candidates;
    private final Map<String, List<Condition>> shownIf = new HashMap<>();
    private final Set<String> repeated = new HashSet<>();
    private final Map<String, List<List<Literal>>> shown = new HashMap<>();
    private List<List<Literal>> notEnded = List.of(List.of());

    Possibility(SurveyDefinition definition) {
        this.candidates = new Candidates(definition);
        for (var page : definition.pages()) {
            for (var question : page.questions()) {
                var conditions = new ArrayList<Condition>();
                if (page.showIf() != null) {
                    conditions.add(page.showIf());
                }
                if (question.asking().showIf() != null) {
                    conditions.add(question.asking().showIf());
                }
                shownIf.putIfAbsent(question.key(), conditions);
                if (page.perOrderLine() || question.asking().perOrderLine()) {
                    repeated.add(question.key());
                }
            }
        }
    }

    /** A test that holds, or does not. */
    private record Literal(Condition.Test test, boolean positive, boolean ofAnyItem) {
        boolean holds(Seen seen) {
            return seen.holds(test) == positive;
        }

        /** What must agree: of several lines of the order one may be this and another that. */
        Object group() {
            return ofAnyItem ? this : test.subject();
        }
    }

    /** Whether that condition can hold. */
    boolean holds(Condition condition, boolean inRepetition) {
        return !terms(condition, true, inRepetition, Set.of()).isEmpty();
    }

    /** Whether a place can be reached: its conditions hold, and no end came before. */
    boolean reached(@Nullable Condition page, @Nullable Condition own, boolean inRepetition) {
        var both = product(terms(page, true, inRepetition, Set.of()), terms(own, true, inRepetition, Set.of()));
        return !product(both, notEnded).isEmpty();
    }

    /** From here on the survey has ended where all three hold. */
    void ends(@Nullable Condition page, @Nullable Condition own, @Nullable Condition end, boolean inRepetition) {
        // One line of the order may end the survey before another is asked about: that keeps no question from
        // everybody.
        if (end != null && !inRepetition) {
            var terms = new ArrayList<>(terms(end, false, false, Set.of()));
            if (page != null) {
                terms.addAll(terms(page, false, false, Set.of()));
            }
            if (own != null) {
                terms.addAll(terms(own, false, false, Set.of()));
            }
            notEnded = product(notEnded, terms);
        }
    }

    private List<List<Literal>> terms(
            @Nullable Condition condition, boolean positive, boolean inRepetition, Set<String> within) {
        return switch (condition) {
            case null -> positive ? List.of(List.of()) : List.of();
            case Condition.All all -> several(all.conditions(), positive, positive, inRepetition, within);
            case Condition.Any any -> several(any.conditions(), !positive, positive, inRepetition, within);
            case Condition.Not not -> terms(not.condition(), !positive, inRepetition, within);
            case Condition.Test test -> test(test, positive, inRepetition, within);
        };
    }

    private List<List<Literal>> several(
            List<Condition> conditions, boolean together, boolean positive, boolean inRepetition, Set<String> within) {
        List<List<Literal>> terms = together ? List.of(List.of()) : new ArrayList<>();
        for (var condition : conditions) {
            var next = terms(condition, positive, inRepetition, within);
            if (together) {
                terms = product(terms, next);
            } else {
                terms.addAll(next);
            }
        }
        return terms;
    }

    /** Whoever has answered a question was shown it. */
    private List<List<Literal>> test(Condition.Test test, boolean positive, boolean inRepetition, Set<String> within) {
        var asked = test.subject() instanceof AnswerTo answer ? answer.question() : null;
        var ofAnyItem = asked != null && repeated.contains(asked) && !inRepetition;
        var literal = new Literal(test, positive, ofAnyItem);
        var own = canBe(List.of(literal)) ? List.of(List.of(literal)) : List.<List<Literal>>of();
        if (asked == null || !positive || ofAnyItem || within.contains(asked)) {
            return own;
        }
        return product(own, shown(asked, within));
    }

    private List<List<Literal>> shown(String question, Set<String> within) {
        var known = shown.get(question);
        if (known != null) {
            return known;
        }
        var inner = new HashSet<>(within);
        inner.add(question);
        var terms = List.of(List.<Literal>of());
        for (var condition : shownIf.getOrDefault(question, List.of())) {
            terms = product(terms, terms(condition, true, repeated.contains(question), inner));
        }
        shown.put(question, terms);
        return terms;
    }

    /** Every pair of terms that is possible together. */
    private List<List<Literal>> product(List<List<Literal>> left, List<List<Literal>> right) {
        if ((long) left.size() * right.size() > TERMS) {
            // Fewer demands make more possible, never less.
            return left.isEmpty() || right.isEmpty() ? List.of() : left.size() <= right.size() ? left : right;
        }
        var terms = new ArrayList<List<Literal>>();
        for (var one : left) {
            for (var other : right) {
                if (isPossible(one, other)) {
                    var both = new LinkedHashSet<>(one);
                    both.addAll(other);
                    terms.add(List.copyOf(both));
                }
            }
        }
        return terms;
    }

    /** Each is possible by itself; together they are where no subject that both speak of contradicts. */
    private boolean isPossible(List<Literal> one, List<Literal> other) {
        var bySubject = new LinkedHashMap<Object, Set<Literal>>();
        other.forEach(literal -> bySubject
                .computeIfAbsent(literal.group(), any -> new LinkedHashSet<>())
                .add(literal));
        var touched = new HashSet<Object>();
        for (var literal : one) {
            var same = bySubject.get(literal.group());
            if (same != null && same.add(literal)) {
                touched.add(literal.group());
            }
        }
        return touched.stream().allMatch(group -> canBe(List.copyOf(Objects.requireNonNull(bySubject.get(group)))));
    }

    private boolean canBe(List<Literal> literals) {
        if (literals.getFirst().ofAnyItem() && !literals.getFirst().positive()) {
            return true;
        }
        var tests = literals.stream().map(Literal::test).toList();
        var subject = tests.getFirst().subject();
        return candidates.of(subject, tests).stream()
                .anyMatch(seen -> literals.stream().allMatch(literal -> literal.holds(seen)));
    }
}
