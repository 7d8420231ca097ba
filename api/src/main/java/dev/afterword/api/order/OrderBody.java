package dev.afterword.api.order;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an order is written, for the description of the API; what comes in is read field by field. */
@Schema(
        name = "Order",
        requiredProperties = {"externalId", "placedAt", "customer"})
record OrderBody(
        String externalId,
        @Nullable Instant updatedAt,

        @Schema(allowableValues = {"placed", "paid", "shipped", "delivered", "cancelled", "refunded"}) @Nullable
        String status,

        Instant placedAt,
        @Nullable Instant shippedAt,
        @Nullable Instant deliveredAt,

        @Schema(description = "The last instant of the promised day") @Nullable
        Instant promisedAt,

        @Nullable Total total,
        @Nullable String channel,

        @Schema(description = "ISO 3166, two letters") @Nullable
        String country,

        @Nullable String carrier,
        @Nullable List<String> codes,

        @Schema(description = "Kept and never asked about") @Nullable
        Boolean test,

        @Nullable Map<String, String> attributes,
        Customer customer,

        @Schema(description = "Replace the known lines as a whole; leave them out to keep those") @Nullable
        List<Line> lines) {

    /** An amount of money. */
    @Schema(name = "Money")
    record Total(@Schema(type = "string") BigDecimal amount, String currency) {}

    /** Who bought; an externalId or an email is needed. */
    @Schema(name = "Customer")
    record Customer(
            @Nullable String externalId,
            @Nullable String email,
            @Nullable String name,
            @Nullable String locale,
            @Nullable String timeZone,
            @Nullable String country,
            @Nullable Map<String, String> attributes,
            @Nullable List<Consent> consents) {}

    /** What a person said about being written to. */
    @Schema(name = "Consent")
    record Consent(
            @Schema(allowableValues = {"questions", "tips", "news", "service"})
            String purpose,

            boolean granted,

            @Schema(
                    description =
                            "Left out: when the order was placed; with a contact, before its updatedAt. Such a consent of a contact counts where nothing was said before or where its own record refused before, and does not overrule a refusal that has a time; a consent without a time does not undo an erasure")
            @Nullable
            Instant at,

            @Nullable String source) {}

    /** One thing that was bought. */
    @Schema(name = "OrderLine")
    record Line(
            @Nullable String externalId,
            @Nullable String sku,
            @Nullable String name,
            @Nullable String category,
            @Nullable BigDecimal quantity,
            @Schema(type = "string") @Nullable BigDecimal unitPrice,
            @Nullable String productUrl,
            @Nullable String imageUrl,
            @Nullable String supplier,
            @Nullable BigDecimal returnedQuantity,
            @Nullable Instant returnedAt) {}
}
