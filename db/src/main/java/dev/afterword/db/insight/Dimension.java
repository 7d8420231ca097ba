package dev.afterword.db.insight;

import dev.afterword.db.Rejected;
import java.util.Arrays;
import java.util.stream.Collectors;

/** By what answers and invitations are told apart; each takes several values where an order has several products. */
public enum Dimension {
    DELIVERY("delivery"),
    PRODUCT("product"),
    CATEGORY("category"),
    CARRIER("carrier"),
    CHANNEL("channel"),
    COUNTRY("country"),
    LANGUAGE("language"),
    STAGE("stage"),
    FOLLOW_UP("followUp"),
    /** Which arm of a split somebody went who was asked, as {@code care-tips/subject=short}. */
    VARIANT("variant");

    private final String code;

    Dimension(String code) {
        this.code = code;
    }

    /** The word of it in the API, in URLs and in tables. */
    public String code() {
        return code;
    }

    public static Dimension of(String code) {
        return Arrays.stream(values())
                .filter(dimension -> dimension.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new Rejected(
                        "trend.by-unknown",
                        "by",
                        code,
                        Arrays.stream(values()).map(Dimension::code).collect(Collectors.joining(", "))));
    }
}
