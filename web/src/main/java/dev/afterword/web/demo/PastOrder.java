package dev.afterword.web.demo;

import dev.afterword.db.Money;
import dev.afterword.db.order.OrderData;
import dev.afterword.db.order.OrderLine;
import dev.afterword.db.order.OrderStatus;
import dev.afterword.web.demo.PastPeople.Person;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An order of the past with everything that will have happened to it.
 *
 * @param shippedAt null when it was cancelled before
 * @param endedAt when it was cancelled, or given back; null for most
 */
record PastOrder(
        int number,
        Person person,
        Instant placedAt,
        @Nullable Instant shippedAt,
        @Nullable Instant deliveredAt,
        Instant promisedAt,
        @Nullable Instant endedAt,
        String carrier,
        String channel,
        List<Article> articles,
        List<Integer> quantities) {

    /**
     * Something that the shop sells.
     *
     * @param charm how much people like it, around 0
     */
    record Article(
            String sku,
            String name,
            String category,
            BigDecimal price,
            String supplier,
            int usefulDays,
            double charm) {}

    String externalId() {
        return "CS-" + (20_000 + number);
    }

    boolean late() {
        return deliveredAt != null && deliveredAt.isAfter(promisedAt);
    }

    double daysLate() {
        return deliveredAt == null
                ? 0
                : Duration.between(promisedAt, deliveredAt).toHours() / 24.0;
    }

    /** Whether anything happened to it between two moments, the later included. */
    boolean changes(Instant after, Instant until) {
        return Stream.of(placedAt, shippedAt, deliveredAt, endedAt)
                .anyMatch(at -> at != null && at.isAfter(after) && !at.isAfter(until));
    }

    /** Whether nothing will happen to it any more. */
    boolean over(Instant now) {
        return Stream.of(placedAt, shippedAt, deliveredAt, endedAt).allMatch(at -> at == null || !at.isAfter(now));
    }

    /** The order as the shop's program tells of it at a moment. */
    OrderData as(Instant now) {
        return new OrderData(
                externalId(),
                Stream.of(placedAt, shippedAt, deliveredAt, endedAt)
                        .filter(at -> known(at, now) != null)
                        .max(Instant::compareTo)
                        .orElse(placedAt),
                status(now),
                placedAt,
                known(shippedAt, now),
                known(deliveredAt, now),
                promisedAt,
                new Money(total(), "EUR"),
                channel,
                person.country(),
                carrier,
                null,
                false,
                Map.of("gift", number % 7 == 3 ? "yes" : "no"),
                person.data(placedAt),
                lines());
    }

    private OrderStatus status(Instant now) {
        if (known(endedAt, now) != null) {
            return shippedAt == null ? OrderStatus.CANCELLED : OrderStatus.REFUNDED;
        }
        if (known(deliveredAt, now) != null) {
            return OrderStatus.DELIVERED;
        }
        return known(shippedAt, now) == null ? OrderStatus.PAID : OrderStatus.SHIPPED;
    }

    private static @Nullable Instant known(@Nullable Instant at, Instant now) {
        return at == null || at.isAfter(now) ? null : at;
    }

    private BigDecimal total() {
        var total = BigDecimal.ZERO;
        for (int i = 0; i < articles.size(); i++) {
            total = total.add(articles.get(i).price().multiply(BigDecimal.valueOf(quantities.get(i))));
        }
        return total;
    }

    private List<OrderLine> lines() {
        return Stream.iterate(0, i -> i + 1)
                .limit(articles.size())
                .map(i -> {
                    var article = articles.get(i);
                    return new OrderLine(
                            Integer.toString(i + 1),
                            article.sku(),
                            article.name(),
                            article.category(),
                            BigDecimal.valueOf(quantities.get(i)),
                            article.price(),
                            null,
                            null,
                            article.supplier(),
                            BigDecimal.ZERO,
                            null);
                })
                .toList();
    }
}
