package dev.afterword.db.survey;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person answered to one question that was shown. */
public sealed interface Answer {
    /** A point on the question's scale. */
    record Score(int number) implements Answer {}

    /**
     * One option, or one column of a matrix's row.
     *
     * @param other what was typed beside the option “other”
     */
    record Choice(String option, @Nullable String other) implements Answer {}

    /** Options in the survey's order. */
    record Choices(List<String> options, @Nullable String other) implements Answer {
        public Choices {
            options = List.copyOf(options);
        }
    }

    /** Options, the first first. */
    record Ranked(List<String> options) implements Answer {
        public Ranked {
            options = List.copyOf(options);
        }
    }

    /** The person's own words, or their mail address. */
    record Words(String text) implements Answer {}

    /** A number, without trailing zeros. */
    record Amount(BigDecimal number) implements Answer {
        public Amount {
            number = number.signum() == 0
                    ? BigDecimal.ZERO
                    : new BigDecimal(number.stripTrailingZeros().toPlainString());
        }
    }

    /** A day of the calendar. */
    record Day(LocalDate date) implements Answer {}

    /** Whether a consent was given. */
    record Agreed(boolean given) implements Answer {}

    /** The person says that the question does not apply to them. */
    record NotApplicable() implements Answer {}

    /** Shown and left empty, or emptied again. */
    record Skipped() implements Answer {}
}
