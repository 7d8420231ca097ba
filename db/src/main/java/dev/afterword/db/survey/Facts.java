package dev.afterword.db.survey;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of whom is asked and of what they bought, as conditions and texts use it.
 *
 * @param lines the lines of the order, in order; what is repeated is asked once for each
 */
public record Facts(@Nullable Person contact, @Nullable Purchase order, List<Line> lines) {
    /** Nobody known, nothing bought. */
    public static final Facts NONE = new Facts(null, null, List.of());

    public Facts {
        lines = List.copyOf(lines);
    }

    /** The same without a name. */
    public Facts unnamed() {
        return contact == null
                ? this
                : new Facts(new Person(null, contact.stage(), contact.language(), contact.attributes()), order, lines);
    }

    /** Who is asked. */
    public record Person(
            @Nullable String firstName,
            @Nullable String stage,
            @Nullable String language,
            Map<String, String> attributes) {}

    /**
     * What it is about.
     *
     * @param number the shop's own
     * @param delivery on-time, late or undelivered
     * @param products the SKUs
     */
    public record Purchase(
            @Nullable String number,
            @Nullable String product,
            @Nullable String delivery,
            Set<String> products,
            Set<String> categories,
            @Nullable String channel,
            @Nullable String country,
            @Nullable BigDecimal amount) {}

    /**
     * One line of the order.
     *
     * @param item its number, as {@link Slot#item()}
     */
    public record Line(
            String item,
            @Nullable String name,
            @Nullable String sku,
            @Nullable String category) {}
}
