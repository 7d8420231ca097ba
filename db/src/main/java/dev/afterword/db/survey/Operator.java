package dev.afterword.db.survey;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How a subject is compared. All but {@code answered} and {@code skipped} hold only where there is an answer, or where the fact is known; to include those
 * who said nothing, negate the opposite.
 */
public enum Operator {
    /** There is an answer that is not “does not apply”; of a fact: it is known. */
    ANSWERED,
    /** It was shown and has no answer; of a fact: it is not known. */
    SKIPPED,
    /** Exactly that; of several options: that one alone; of a ranking: that one is first. */
    IS,
    IS_NOT,
    AT_LEAST,
    AT_MOST,
    /** That is among what was chosen, ranked or bought. */
    INCLUDES,
    INCLUDES_NONE,
    /** The words have that text in them, in capitals or not. */
    CONTAINS;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it needs something to compare with. */
    public boolean takesValue() {
        return this != ANSWERED && this != SKIPPED;
    }

    public static Optional<Operator> of(String code) {
        return Arrays.stream(values())
                .filter(operator -> operator.code().equals(code))
                .findFirst();
    }
}
