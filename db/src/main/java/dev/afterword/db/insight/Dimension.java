package dev.afterword.db.insight;

import dev.afterword.db.Rejected;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * By what answers and invitations are told apart; each takes several values where an order has several products.
 *
 * @param code the word of it in the API, in URLs and in tables
 */
public record Dimension(String code) {
    public static final Dimension DELIVERY = new Dimension("delivery");
    public static final Dimension PRODUCT = new Dimension("product");
    public static final Dimension CATEGORY = new Dimension("category");
    public static final Dimension CARRIER = new Dimension("carrier");
    public static final Dimension CHANNEL = new Dimension("channel");
    public static final Dimension COUNTRY = new Dimension("country");
    public static final Dimension LANGUAGE = new Dimension("language");
    public static final Dimension STAGE = new Dimension("stage");
    public static final Dimension FOLLOW_UP = new Dimension("followUp");
    /** Which arm of a split somebody went who was asked, as {@code care-tips/subject=short}. */
    public static final Dimension VARIANT = new Dimension("variant");

    /** Those that every workspace has. */
    public static final List<Dimension> EVERYWHERE =
            List.of(DELIVERY, PRODUCT, CATEGORY, CARRIER, CHANNEL, COUNTRY, LANGUAGE, STAGE, FOLLOW_UP, VARIANT);

    private static final String ATTRIBUTE = "attribute:";

    /** An attribute of orders or customers, which counts where the workspace has marked it. */
    public static Dimension attribute(String name) {
        return new Dimension(ATTRIBUTE + name);
    }

    /** The name of the attribute; empty for what every workspace has. */
    public Optional<String> attribute() {
        return code.startsWith(ATTRIBUTE) ? Optional.of(code.substring(ATTRIBUTE.length())) : Optional.empty();
    }

    /** What a word means; {@code trend.by-unknown} for one that means nothing. */
    public static Dimension of(String code) {
        var dimension = new Dimension(code);
        if (EVERYWHERE.contains(dimension)
                || dimension.attribute().filter(name -> !name.isBlank()).isPresent()) {
            return dimension;
        }
        throw new Rejected(
                "trend.by-unknown",
                "by",
                code,
                EVERYWHERE.stream().map(Dimension::code).collect(Collectors.joining(", ")));
    }
}
