package dev.afterword.api.order;

import dev.afterword.db.order.Order;
import dev.afterword.db.order.OrderLine;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order as Afterword knows it. */
@Schema(name = "KnownOrder")
record OrderResponse(
        UUID id,
        String externalId,
        @Nullable Instant updatedAt,
        String status,
        Instant placedAt,
        @Nullable Instant shippedAt,
        @Nullable Instant deliveredAt,
        @Nullable Instant promisedAt,
        @Nullable Total total,
        @Nullable String channel,
        @Nullable String country,
        @Nullable String carrier,
        List<String> codes,
        boolean test,
        Map<String, String> attributes,
        Customer customer,
        List<Line> lines,

        @Schema(description = "Where its customer writes to the shop about it; as a link or QR code for the receipt")
        String feedbackUrl) {

    /** An amount, as text so that nothing is rounded. */
    @Schema(name = "Total")
    record Total(String amount, String currency) {}

    /** Whose order it is: a contact. */
    @Schema(name = "CustomerOfOrder")
    record Customer(UUID id) {}

    /** One thing that was bought. */
    @Schema(name = "KnownOrderLine")
    record Line(
            @Nullable String externalId,
            @Nullable String sku,
            @Nullable String name,
            @Nullable String category,
            BigDecimal quantity,
            @Nullable String unitPrice,
            @Nullable String productUrl,
            @Nullable String imageUrl,
            @Nullable String supplier,
            BigDecimal returnedQuantity,
            @Nullable Instant returnedAt) {
        static Line of(OrderLine line) {
            return new Line(
                    line.externalId(),
                    line.sku(),
                    line.name(),
                    line.category(),
                    plain(line.quantity()),
                    line.unitPrice() == null ? null : money(line.unitPrice()),
                    line.productUrl(),
                    line.imageUrl(),
                    line.supplier(),
                    plain(line.returnedQuantity()),
                    line.returnedAt());
        }
    }

    static OrderResponse of(Order order, String feedbackUrl) {
        return new OrderResponse(
                order.key().id(),
                order.externalId(),
                order.updatedAt(),
                order.status().code(),
                order.placedAt(),
                order.shippedAt(),
                order.deliveredAt(),
                order.promisedAt(),
                order.total() == null
                        ? null
                        : new Total(money(order.total().amount()), order.total().currency()),
                order.channel(),
                order.country(),
                order.carrier(),
                order.codes(),
                order.test(),
                order.attributes(),
                new Customer(order.contactId()),
                order.lines().stream().map(Line::of).toList(),
                feedbackUrl);
    }

    private static BigDecimal plain(BigDecimal number) {
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    private static String money(BigDecimal amount) {
        return (amount.scale() < 2 ? amount.setScale(2) : amount).toPlainString();
    }
}
