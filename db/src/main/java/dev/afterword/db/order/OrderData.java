package dev.afterword.db.order;

import dev.afterword.db.Fields;
import dev.afterword.db.Money;
import dev.afterword.db.Rejected;
import dev.afterword.db.contact.ContactData;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a source says about an order; what is null was not said.
 *
 * @param attributes a null value takes a known attribute away
 * @param lines replace the known lines as a whole; null leaves them
 */
public record OrderData(
        String externalId,
        @Nullable Instant updatedAt,
        @Nullable OrderStatus status,
        Instant placedAt,
        @Nullable Instant shippedAt,
        @Nullable Instant deliveredAt,
        @Nullable Instant promisedAt,
        @Nullable Money total,
        @Nullable String channel,
        @Nullable String country,
        @Nullable String carrier,
        @Nullable List<String> codes,
        @Nullable Boolean test,
        Map<String, @Nullable String> attributes,
        ContactData customer,
        @Nullable List<OrderLine> lines) {
    private static final int MOST_LINES = 1000;

    /**
     * Reads an order as the API describes it: {@code externalId}, {@code placedAt} and a customer with {@code externalId} or {@code email} must be there. A consent
     * without a time was given at the checkout: however late the order is sent again, it does not become younger.
     */
    public static OrderData of(Fields fields) {
        var externalId = fields.text("externalId", 200);
        var placedAt = fields.time("placedAt");
        var updatedAt = fields.optionalTime("updatedAt");
        var country = ContactData.country(fields, "country");
        var lines = fields.optionalObjects("lines", MOST_LINES);
        return new OrderData(
                externalId,
                updatedAt,
                status(fields),
                placedAt,
                fields.optionalTime("shippedAt"),
                fields.optionalTime("deliveredAt"),
                fields.optionalTime("promisedAt"),
                total(fields.optionalObject("total")),
                fields.optionalText("channel", 100),
                country,
                fields.optionalText("carrier", 100),
                fields.optionalTexts("codes", 100, 100),
                fields.optionalFlag("test"),
                fields.attributes("attributes"),
                ContactData.ofOrder(fields.object("customer"), placedAt).otherwiseIn(country),
                lines == null ? null : lines.stream().map(OrderLine::of).toList());
    }

    /** The same without what may name somebody who was erased. */
    OrderData withoutPerson() {
        return new OrderData(
                externalId,
                updatedAt,
                status,
                placedAt,
                shippedAt,
                deliveredAt,
                promisedAt,
                total,
                channel,
                country,
                carrier,
                codes,
                test,
                Map.of(),
                customer,
                lines);
    }

    /** When the source knew what it says about the customer. */
    Instant asOf() {
        return updatedAt == null ? placedAt : updatedAt;
    }

    /** The status that was sent, else the one that the times tell. */
    OrderStatus statusOrTold() {
        if (status != null) {
            return status;
        }
        return deliveredAt != null
                ? OrderStatus.DELIVERED
                : shippedAt != null ? OrderStatus.SHIPPED : OrderStatus.PLACED;
    }

    private static @Nullable OrderStatus status(Fields fields) {
        var code = fields.optionalText("status", 100);
        return code == null
                ? null
                : OrderStatus.find(code).orElseThrow(() -> fields.rejected("order.status-unknown", "status", code));
    }

    private static @Nullable Money total(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        var amount = fields.optionalDecimal("amount", 15, 4);
        if (amount == null) {
            throw fields.rejected("field.required", "amount");
        }
        var currency = fields.text("currency", 20);
        try {
            return new Money(amount, currency);
        } catch (Rejected unknown) {
            throw fields.rejected(unknown.code(), "currency", currency);
        }
    }
}
