package dev.afterword.db.order;

import dev.afterword.db.Fields;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One thing that was bought in an order. Numbers are without trailing zeros. */
public record OrderLine(
        @Nullable String externalId,
        @Nullable String sku,
        @Nullable String name,
        @Nullable String category,
        BigDecimal quantity,
        @Nullable BigDecimal unitPrice,
        @Nullable String productUrl,
        @Nullable String imageUrl,
        @Nullable String supplier,
        BigDecimal returnedQuantity,
        @Nullable Instant returnedAt) {

    public OrderLine {
        quantity = quantity.stripTrailingZeros();
        unitPrice = unitPrice == null ? null : unitPrice.stripTrailingZeros();
        returnedQuantity = returnedQuantity.stripTrailingZeros();
    }

    static OrderLine of(Fields fields) {
        var quantity = fields.optionalDecimal("quantity", 9, 3);
        var returned = fields.optionalDecimal("returnedQuantity", 9, 3);
        return new OrderLine(
                fields.optionalText("externalId", 200),
                fields.optionalText("sku", 200),
                fields.optionalText("name", 500),
                fields.optionalText("category", 200),
                quantity == null ? BigDecimal.ONE : quantity,
                fields.optionalDecimal("unitPrice", 15, 4),
                fields.optionalText("productUrl", 2000),
                fields.optionalText("imageUrl", 2000),
                fields.optionalText("supplier", 200),
                returned == null ? BigDecimal.ZERO : returned,
                fields.optionalTime("returnedAt"));
    }
}
