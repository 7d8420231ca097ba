package dev.afterword.db.survey;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When something is shown, a survey ends, or a variable has a value. */
public sealed interface Condition {
    /** Every one of them holds. */
    record All(List<Condition> conditions) implements Condition {
        public All {
            conditions = List.copyOf(conditions);
        }
    }

    /** At least one of them holds. */
    record Any(List<Condition> conditions) implements Condition {
        public Any {
            conditions = List.copyOf(conditions);
        }
    }

    /** It does not hold. */
    record Not(Condition condition) implements Condition {}

    /** A subject is compared with a value; without one for {@code answered} and {@code skipped}. */
    record Test(
            Subject subject, Operator operator, @Nullable Value value) implements Condition {}

    /** What a subject is compared with, or what a variable has. */
    sealed interface Value {
        /** The value in words. */
        String text();

        static Value of(String text) {
            return new Text(text);
        }

        static Value of(long number) {
            return new Figure(BigDecimal.valueOf(number));
        }
    }

    /** A word: an option's key, a country, a day. */
    record Text(String text) implements Value {}

    /** A number, without trailing zeros. */
    record Figure(BigDecimal number) implements Value {
        public Figure {
            number = number.signum() == 0
                    ? BigDecimal.ZERO
                    : new BigDecimal(number.stripTrailingZeros().toPlainString());
        }

        @Override
        public String text() {
            return number.toPlainString();
        }
    }

    /** True or false: whether a consent was given. */
    record Flag(boolean flag) implements Value {
        @Override
        public String text() {
            return Boolean.toString(flag);
        }
    }
}
