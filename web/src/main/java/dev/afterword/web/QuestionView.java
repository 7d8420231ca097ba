package dev.afterword.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One question as {@code fragments/question} shows it.
 *
 * @param name the question and the line of the order, as {@code speed@2}; names of fields begin with it
 * @param id the same as it may stand in an id
 * @param help a hint; empty without one
 * @param notApplicable whether “does not apply” is chosen; null where it cannot be
 * @param about what was bought that it is about; null where it is about everything
 * @param problem what is wrong with the answer
 * @param focus whether the page opens here
 */
public record QuestionView(
        String name,
        String id,
        String text,
        String help,
        boolean required,
        @Nullable Boolean notApplicable,
        @Nullable About about,
        Field field,
        Form.@Nullable Wrong problem,
        boolean focus) {

    /** A product. */
    public record About(String name, @Nullable String imageUrl) {}

    /** How it is answered. */
    public sealed interface Field {
        /** The fragment. */
        String kind();
    }

    /**
     * A point on a scale.
     *
     * @param look numbers, stars, smileys or thumbs
     */
    public record Points(String look, List<Point> points, String low, String high) implements Field {
        @Override
        public String kind() {
            return "points";
        }
    }

    /**
     * One point.
     *
     * @param mouth how the mouth of a smiley is drawn
     */
    public record Point(int number, boolean chosen, boolean focus, String mouth) {}

    /**
     * Options to choose from.
     *
     * @param other the name of the field beside “other”
     * @param typed what stands there
     * @param least how many must be chosen, 0 for any
     * @param most how many may be chosen, 0 for any
     */
    public record Options(boolean several, List<Tick> ticks, String other, String typed, int least, int most)
            implements Field {
        @Override
        public String kind() {
            return "options";
        }
    }

    /**
     * One option.
     *
     * @param alone whether it excludes the others
     */
    public record Tick(String key, String text, boolean chosen, boolean alone, boolean other) {}

    /** Rows that are answered with the same columns. */
    public record Grid(List<Row> rows, List<Tick> columns) implements Field {
        @Override
        public String kind() {
            return "grid";
        }
    }

    /** One row: the name of its field, and the column that is chosen. */
    public record Row(String name, String id, String text, String chosen, boolean wrong) {}

    /** Options that are put in order. */
    public record Places(List<Placed> options, int places) implements Field {
        @Override
        public String kind() {
            return "places";
        }
    }

    /** One option and its place so far, 0 without one. */
    public record Placed(String name, String id, String text, int place) {}

    /**
     * Something that is typed.
     *
     * @param kind line, words, email, number or date
     * @param least the smallest number or the earliest day; empty without one
     * @param most the largest number or the latest day; empty without one
     */
    public record Typed(String kind, String value, int longest, String least, String most, String unit)
            implements Field {}

    /** Whether leave is given: true, false, or empty. */
    public record Consent(String value) implements Field {
        @Override
        public String kind() {
            return "consent";
        }
    }

    /** Nothing is answered. */
    public record Statement() implements Field {
        @Override
        public String kind() {
            return "statement";
        }
    }

    /** What is wrong with answers, by the text form of their slots; the empty one stands for the whole. */
    public record Problems(Map<String, Form.Wrong> bySlot) {
        public static final Problems NONE = new Problems(Map.of());

        public Problems {
            bySlot = Map.copyOf(bySlot);
        }
    }
}
