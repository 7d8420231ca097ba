package dev.afterword.db.insight;

import dev.afterword.db.Rejected;

/**
 * An attribute by which a workspace wants its answers told apart.
 *
 * @param name as orders or customers carry it
 */
public record SegmentAttribute(Source source, String name) {
    /** How many a workspace may mark. */
    public static final int MOST = 20;
    /** How many values of one are told apart. */
    public static final int MOST_VALUES = 200;
    /** The segment of all other values. */
    public static final String OTHER = "other";

    /** Whose attribute it is. */
    public enum Source {
        /** Of the order that was asked about; its correction moves the answer. */
        ORDER("order"),
        /** Of the customer, as it was when their answer was first looked at. */
        CUSTOMER("customer");

        private final String code;

        Source(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        static Source of(String code) {
            return code.equals(ORDER.code) ? ORDER : CUSTOMER;
        }
    }

    /** Reads {@code order:gift}; {@code attribute.unknown} for anything else. */
    public static SegmentAttribute parse(String text) {
        for (var source : Source.values()) {
            var begin = source.code() + ":";
            if (text.startsWith(begin) && !text.substring(begin.length()).isBlank() && text.length() <= 110) {
                return new SegmentAttribute(source, text.substring(begin.length()));
            }
        }
        throw new Rejected("attribute.unknown", "attributes", text);
    }

    /** As {@code order:gift}. */
    public String code() {
        return source.code() + ":" + name;
    }
}
