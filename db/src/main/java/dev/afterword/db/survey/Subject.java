package dev.afterword.db.survey;

import java.util.Arrays;
import java.util.Optional;

/** What a condition looks at: an answer, what is known of the contact and of the order, a variable, the score. */
public sealed interface Subject {
    /** As in JSON. */
    String code();

    /**
     * The answer to an earlier question; inside a repetition the one about the same line of the order, from outside any of them.
     *
     * @param row of a matrix, else empty
     */
    record AnswerTo(String question, String row) implements Subject {
        @Override
        public String code() {
            return "answer." + question + (row.isEmpty() ? "" : "." + row);
        }
    }

    /** Something that the shop knows of its customer. */
    record ContactAttribute(String name) implements Subject {
        @Override
        public String code() {
            return "contact.attribute." + name;
        }
    }

    /** The value of a variable. */
    record VariableOf(String key) implements Subject {
        @Override
        public String code() {
            return "variable." + key;
        }
    }

    /** What is known by a fixed name. */
    enum Known implements Subject {
        STAGE("contact.stage"),
        LANGUAGE("contact.language"),
        DELIVERY("order.delivery"),
        PRODUCT("order.product"),
        CATEGORY("order.category"),
        CHANNEL("order.channel"),
        COUNTRY("order.country"),
        AMOUNT("order.amount"),
        LINE_SKU("line.sku"),
        LINE_CATEGORY("line.category"),
        /** The points of what was chosen so far. */
        SCORE("score");

        private final String code;

        Known(String code) {
            this.code = code;
        }

        @Override
        public String code() {
            return code;
        }

        /** Whether it says something of the order's line, and so only inside a repetition. */
        public boolean isOfLine() {
            return this == LINE_SKU || this == LINE_CATEGORY;
        }

        public boolean isNumber() {
            return this == AMOUNT || this == SCORE;
        }

        /** Whether it may have several values at once. */
        public boolean isSeveral() {
            return this == PRODUCT || this == CATEGORY;
        }
    }

    static Optional<Subject> of(String code) {
        if (code.startsWith("answer.")) {
            var slot = Slot.parse(code.substring("answer.".length()));
            return Asking.KEY.matcher(slot.question()).matches()
                            && slot.item().isEmpty()
                            && (slot.row().isEmpty()
                                    || Asking.KEY.matcher(slot.row()).matches())
                    ? Optional.of(new AnswerTo(slot.question(), slot.row()))
                    : Optional.empty();
        }
        if (code.startsWith("contact.attribute.")) {
            return Optional.of(code.substring("contact.attribute.".length()))
                    .filter(name -> !name.isBlank())
                    .map(ContactAttribute::new);
        }
        if (code.startsWith("variable.")) {
            return Optional.of(code.substring("variable.".length()))
                    .filter(key -> Asking.KEY.matcher(key).matches())
                    .map(VariableOf::new);
        }
        return Arrays.stream(Known.values())
                .filter(known -> known.code.equals(code))
                .map(Subject.class::cast)
                .findFirst();
    }
}
