package dev.afterword.db.survey;

import dev.afterword.db.Rejected;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One question of a survey, and which answers it takes. */
public sealed interface Question {
    Asking asking();

    /** The name under which answers are given and counted; unique in its survey. */
    default String key() {
        return asking().key();
    }

    default Texts text() {
        return asking().text();
    }

    default QuestionType type() {
        return switch (this) {
            case Nps _ -> QuestionType.NPS;
            case Csat _ -> QuestionType.CSAT;
            case Ces _ -> QuestionType.CES;
            case Stars _ -> QuestionType.STARS;
            case Smileys _ -> QuestionType.SMILEYS;
            case Thumbs _ -> QuestionType.THUMBS;
            case SingleChoice _ -> QuestionType.SINGLE_CHOICE;
            case MultipleChoice _ -> QuestionType.MULTIPLE_CHOICE;
            case Matrix _ -> QuestionType.MATRIX;
            case Ranking _ -> QuestionType.RANKING;
            case ShortText _ -> QuestionType.SHORT_TEXT;
            case LongText _ -> QuestionType.LONG_TEXT;
            case Figure _ -> QuestionType.NUMBER;
            case Date _ -> QuestionType.DATE;
            case Consent _ -> QuestionType.CONSENT;
            case Email _ -> QuestionType.EMAIL;
            case Statement _ -> QuestionType.STATEMENT;
        };
    }

    /** A question that is answered with a point on a scale. */
    sealed interface Scale extends Question permits Nps, Csat, Ces, Stars, Smileys, Thumbs {
        /** What the lowest point means; empty where that needs no words. */
        Texts low();

        /** What the highest point means; empty where that needs no words. */
        Texts high();

        int from();

        int to();

        /** Whether the highest point is the best. */
        default boolean highIsGood() {
            return true;
        }

        /** Whether a point means the same on both, so that answers may be counted together. */
        default boolean measuresLike(Question other) {
            return other instanceof Scale scale
                    && type() == scale.type()
                    && from() == scale.from()
                    && to() == scale.to()
                    && highIsGood() == scale.highIsGood();
        }
    }

    /** A question that is answered with options. */
    sealed interface OfOptions extends Question permits Choosing, Ranking {
        List<Option> options();

        /** Whether each customer sees them in an order of their own. */
        boolean shuffled();
    }

    /** A question that may also be answered with an option whose words the customer types. */
    sealed interface Choosing extends OfOptions permits SingleChoice, MultipleChoice {
        /** What that option is called; null without one. */
        @Nullable
        Texts other();

        /** Whether that option may be chosen. */
        default boolean has(String option) {
            return (option.equals(Option.OTHER) && other() != null)
                    || options().stream().anyMatch(one -> one.key().equals(option));
        }
    }

    /** A question that is answered in words. */
    sealed interface Typed extends Question permits ShortText, LongText, Email {
        int longest();
    }

    /** Likelihood to recommend, 0 to 10. */
    record Nps(Asking asking, Texts low, Texts high) implements Scale {
        @Override
        public int from() {
            return 0;
        }

        @Override
        public int to() {
            return 10;
        }
    }

    /** Satisfaction, 1 to 5. */
    record Csat(Asking asking, Texts low, Texts high) implements Scale {
        @Override
        public int from() {
            return 1;
        }

        @Override
        public int to() {
            return 5;
        }
    }

    /**
     * Effort, 1 to 5 or 1 to 7.
     *
     * @param highIsGood whether the highest point means least effort, as in CES 2.0
     */
    record Ces(Asking asking, Texts low, Texts high, int scale, boolean highIsGood) implements Scale {
        public Ces {
            if (scale != 5 && scale != 7) {
                throw new Rejected("survey.scale-unknown", "scale", scale);
            }
        }

        @Override
        public int from() {
            return 1;
        }

        @Override
        public int to() {
            return scale;
        }
    }

    /** Stars, 1 to 3 … 10. */
    record Stars(Asking asking, Texts low, Texts high, int most) implements Scale {
        @Override
        public int from() {
            return 1;
        }

        @Override
        public int to() {
            return most;
        }
    }

    /** Faces, the saddest 1, to 3 or 5. */
    record Smileys(Asking asking, Texts low, Texts high, int most) implements Scale {
        @Override
        public int from() {
            return 1;
        }

        @Override
        public int to() {
            return most;
        }
    }

    /** Thumb down, 0, or up, 1. */
    record Thumbs(Asking asking, Texts low, Texts high) implements Scale {
        @Override
        public int from() {
            return 0;
        }

        @Override
        public int to() {
            return 1;
        }
    }

    /** One of several options. */
    record SingleChoice(
            Asking asking, List<Option> options, @Nullable Texts other, boolean shuffled) implements Choosing {
        public SingleChoice {
            options = List.copyOf(options);
        }
    }

    /**
     * Several of several options.
     *
     * @param least how many must be chosen, if any are
     * @param most how many may be chosen; null without a bound
     */
    record MultipleChoice(
            Asking asking,
            List<Option> options,
            @Nullable Texts other,
            boolean shuffled,
            int least,
            @Nullable Integer most)
            implements Choosing {
        public MultipleChoice {
            options = List.copyOf(options);
        }
    }

    /**
     * Several rows that are answered with one of the same columns each.
     *
     * @param shuffled whether each customer sees the rows in an order of their own
     */
    record Matrix(Asking asking, List<Option> rows, List<Option> columns, boolean shuffled) implements Question {
        public Matrix {
            rows = List.copyOf(rows);
            columns = List.copyOf(columns);
        }
    }

    /**
     * Options that are put in order.
     *
     * @param top how many places there are; null means all
     */
    record Ranking(
            Asking asking, List<Option> options, @Nullable Integer top, boolean shuffled) implements OfOptions {
        public Ranking {
            options = List.copyOf(options);
        }

        /** How many options are put in order. */
        public int places() {
            return top == null ? options.size() : Math.min(top, options.size());
        }
    }

    /** A line of text. */
    record ShortText(Asking asking) implements Typed {
        public static final int MAX_LENGTH = 500;

        @Override
        public int longest() {
            return MAX_LENGTH;
        }
    }

    /** Text of several lines, at most {@value #MAX_LENGTH} characters. */
    record LongText(Asking asking) implements Typed {
        public static final int MAX_LENGTH = 10_000;

        @Override
        public int longest() {
            return MAX_LENGTH;
        }
    }

    /**
     * A number.
     *
     * @param decimals how many digits there may be after the point
     * @param unit what it counts, as “km”
     */
    record Figure(
            Asking asking,
            @Nullable BigDecimal least,
            @Nullable BigDecimal most,
            int decimals,
            @Nullable Texts unit) implements Question {}

    /** A day of the calendar. */
    record Date(
            Asking asking,
            @Nullable LocalDate earliest,
            @Nullable LocalDate latest) implements Question {}

    /**
     * Leave to do something.
     *
     * @param purpose what for; one of the workspace's purposes, or the shop's own word
     */
    record Consent(Asking asking, String purpose) implements Question {}

    /** A mail address. */
    record Email(Asking asking) implements Typed {
        public static final int MAX_LENGTH = 254;

        @Override
        public int longest() {
            return MAX_LENGTH;
        }
    }

    /** Words of the shop that take no answer. */
    record Statement(Asking asking) implements Question {}

    /**
     * Reads a raw answer as it came from JSON, CSV or a form: null and blank mean skipped, numbers may be digits, lists may be texts with commas.
     *
     * @throws Rejected for the field {@code answers.<key>}
     */
    default Answer read(@Nullable Object raw) {
        return AnswerReader.read(this, Slot.of(key()), raw, null);
    }
}
