package dev.afterword.db.followup.journey;

import dev.afterword.db.survey.Condition.Value;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is known of somebody at a moment, by the codes of {@link FactKind}. */
public record Known(Map<String, List<String>> facts) {
    public static final Known NOTHING = new Known(Map.of());

    public Known {
        facts = Map.copyOf(facts);
    }

    /** The same, and that fact; without it for null. */
    public Known with(String code, @Nullable String value) {
        var changed = new HashMap<>(facts);
        if (value == null || value.isBlank()) {
            changed.remove(code);
        } else {
            changed.put(code, List.of(value));
        }
        return new Known(changed);
    }

    boolean holds(Rule.Test test) {
        var seen = facts.getOrDefault(test.fact(), List.of());
        var value = test.value();
        return switch (test.operator()) {
            case ANSWERED -> !seen.isEmpty();
            case SKIPPED -> seen.isEmpty();
            case IS -> seen.size() == 1 && same(seen.getFirst(), needed(value));
            case IS_NOT -> !seen.isEmpty() && (seen.size() > 1 || !same(seen.getFirst(), needed(value)));
            case INCLUDES -> seen.stream().anyMatch(one -> same(one, needed(value)));
            case INCLUDES_NONE -> !seen.isEmpty() && seen.stream().noneMatch(one -> same(one, needed(value)));
            case CONTAINS -> seen.stream().anyMatch(one -> lower(one).contains(lower(needed(value))));
            case AT_LEAST -> seen.size() == 1 && compare(seen.getFirst(), needed(value)) >= 0;
            case AT_MOST -> seen.size() == 1 && compare(seen.getFirst(), needed(value)) <= 0;
        };
    }

    private static String needed(@Nullable Value value) {
        return Objects.requireNonNull(value).text();
    }

    /** Numbers by their value, so that 10 is 10.0; words as they are, in capitals or not. */
    private static boolean same(String one, String other) {
        var left = number(one);
        var right = number(other);
        if (left == null || right == null) {
            return lower(one).equals(lower(other));
        }
        return left.compareTo(right) == 0;
    }

    /** Days as in ISO 8601 are in order as words are. */
    private static int compare(String one, String other) {
        var left = number(one);
        var right = number(other);
        if (left == null || right == null) {
            return one.compareTo(other);
        }
        return left.compareTo(right);
    }

    private static @Nullable BigDecimal number(String word) {
        return word.length() < 40 && word.matches("-?[0-9]+(\\.[0-9]+)?") ? new BigDecimal(word) : null;
    }

    private static String lower(String word) {
        return word.strip().toLowerCase(Locale.ROOT);
    }
}
