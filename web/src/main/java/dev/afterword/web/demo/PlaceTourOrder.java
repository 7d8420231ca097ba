package dev.afterword.web.demo;

import dev.afterword.db.Money;
import dev.afterword.db.contact.ContactData;
import dev.afterword.db.order.ImportOrders;
import dev.afterword.db.order.OrderData;
import dev.afterword.db.order.OrderLine;
import dev.afterword.db.order.OrderStatus;
import dev.afterword.db.workspace.Workspace;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Places the order of somebody who takes the tour: dated as delivered three days ago, so that its question is due now. */
@Component
class PlaceTourOrder {
    private static final Map<String, String> COUNTRIES = Map.of("en", "GB", "de", "DE", "pt", "PT", "ar", "AE");

    private final ImportOrders orders;
    private final Clock clock;

    PlaceTourOrder(ImportOrders orders, Clock clock) {
        this.orders = orders;
        this.clock = clock;
    }

    /** Gives the order's number, which leads through the rest of the tour. */
    Mono<String> place(Workspace workspace, String name, String language) {
        var number = "T-" + Long.toString(ThreadLocalRandom.current().nextLong(100_000, 1_000_000));
        var order = order(number, name.strip(), COUNTRIES.containsKey(language) ? language : "en", clock.instant());
        return orders.write(workspace.id(), List.of(order), false).thenReturn(number);
    }

    /** The address of the customer who placed that order; it belongs to nobody. */
    static String address(String number) {
        return number.toLowerCase(Locale.ROOT) + "@example.com";
    }

    private static OrderData order(String number, String name, String language, Instant now) {
        var delivered = now.minus(Duration.ofDays(3)).minusSeconds(60);
        var country = String.valueOf(COUNTRIES.get(language));
        return new OrderData(
                number,
                delivered,
                OrderStatus.DELIVERED,
                delivered.minus(Duration.ofDays(3)),
                delivered.minus(Duration.ofDays(2)),
                delivered,
                delivered.plus(Duration.ofDays(1)),
                new Money(new BigDecimal("64.00"), "EUR"),
                "web",
                country,
                "Swift Parcel",
                null,
                false,
                Map.of(),
                new ContactData(
                        null,
                        address(number),
                        name.isEmpty() ? "Alex" : name.substring(0, Math.min(name.length(), 100)),
                        language + "-" + country,
                        null,
                        country,
                        Map.of(),
                        List.of(),
                        null),
                List.of(new OrderLine(
                        "1",
                        "kettle-enamel",
                        "Enamel kettle, 1.6 l",
                        "kitchen",
                        BigDecimal.ONE,
                        new BigDecimal("64.00"),
                        null,
                        null,
                        "Norte Metalworks",
                        BigDecimal.ZERO,
                        null)));
    }
}
