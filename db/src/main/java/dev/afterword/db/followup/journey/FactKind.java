package dev.afterword.db.followup.journey;

import dev.afterword.db.survey.Operator;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a rule can look at. Codes that end in a dot are followed by a name. */
public enum FactKind {
    STAGE("contact.stage", Type.WORD),
    LANGUAGE("contact.language", Type.WORD),
    COUNTRY("contact.country", Type.WORD),
    ATTRIBUTE("contact.attribute.", Type.ANY),
    /** How many orders count: neither cancelled, refunded nor test. */
    ORDERS("contact.orders", Type.NUMBER),
    SPENT("contact.spent", Type.NUMBER),
    DAYS_SINCE_ORDER("contact.days-since-order", Type.NUMBER),
    /** Whatever they bought in any counted order. */
    OWNED_PRODUCTS("contact.product", Type.SEVERAL),
    OWNED_CATEGORIES("contact.category", Type.SEVERAL),
    /** Days since any mail went out to the contact. */
    DAYS_SINCE_WRITTEN("contact.days-since-written", Type.NUMBER),
    /** Days since that follow-up wrote to the contact last. */
    DAYS_SINCE_FOLLOW_UP("contact.days-since.", Type.NUMBER),
    /** The latest confirmed score of that question, whatever it was about. */
    LATEST_SCORE("contact.latest.", Type.NUMBER),
    ORDER_STATUS("order.status", Type.WORD),
    DELIVERY("order.delivery", Type.WORD),
    CHANNEL("order.channel", Type.WORD),
    ORDER_COUNTRY("order.country", Type.WORD),
    CARRIER("order.carrier", Type.WORD),
    AMOUNT("order.amount", Type.NUMBER),
    /** The first of the contact's counted orders is 1. */
    POSITION("order.position", Type.NUMBER),
    PRODUCTS("order.product", Type.SEVERAL),
    CATEGORIES("order.category", Type.SEVERAL),
    /** The answer that began the journey, or the latest about its order. */
    ANSWER("answer.", Type.ANY),
    /** Its first score's band: good, middling or bad. */
    BAND("response.band", Type.WORD),
    /** What became of a step: planned, sent, not-sent, answered, or the way that was taken. */
    STEP("step.", Type.WORD);

    private final String code;
    private final Type type;

    FactKind(String code, Type type) {
        this.code = code;
        this.type = type;
    }

    /** How facts compare. */
    private enum Type {
        WORD,
        NUMBER,
        SEVERAL,
        ANY
    }

    public String code() {
        return code;
    }

    /** Whether a name follows the code. */
    public boolean named() {
        return code.endsWith(".");
    }

    public boolean isNumber() {
        return type == Type.NUMBER;
    }

    public Set<Operator> operators() {
        var operators = switch (type) {
            case WORD -> EnumSet.of(Operator.IS, Operator.IS_NOT, Operator.CONTAINS);
            case NUMBER -> EnumSet.of(Operator.IS, Operator.IS_NOT, Operator.AT_LEAST, Operator.AT_MOST);
            case SEVERAL -> EnumSet.of(Operator.IS, Operator.INCLUDES, Operator.INCLUDES_NONE, Operator.CONTAINS);
            case ANY -> EnumSet.allOf(Operator.class);
        };
        operators.add(Operator.ANSWERED);
        operators.add(Operator.SKIPPED);
        return operators;
    }

    /** Whether it says something of what people answered, or where it put them: no reward may depend on it. */
    public boolean tellsOpinion() {
        return this == ANSWER || this == BAND || this == LATEST_SCORE || this == STAGE;
    }

    /** The kind of a fact's code; empty for one that is not known. */
    public static Optional<FactKind> of(String fact) {
        return Arrays.stream(values())
                .filter(kind -> kind.named()
                        ? fact.startsWith(kind.code) && fact.length() > kind.code.length()
                        : fact.equals(kind.code))
                .findFirst();
    }
}
