package dev.afterword.web.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PastOrdersTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void hasAYearOfAShopThatOneBelieves() {
        var orders = new PastOrders(NOW, 2_050).orders();

        var people = orders.stream().map(order -> order.person().number()).distinct();
        assertThat(people.count()).isBetween(1_950L, 2_100L);
        assertThat(orders).hasSizeBetween(3_700, 4_400);
        assertThat(orders)
                .allSatisfy(order -> assertThat(order.placedAt()).isBetween(NOW.minus(Duration.ofDays(366)), NOW));
        var byMonth = orders.stream()
                .collect(Collectors.groupingBy(
                        order -> order.placedAt().toString().substring(0, 7), Collectors.counting()));
        assertThat(byMonth.get("2025-12")).isGreaterThan(byMonth.get("2026-08"));
        var bad = orders.stream()
                .filter(order -> Duration.between(order.placedAt(), NOW).toDays() >= 45
                        && Duration.between(order.placedAt(), NOW).toDays() < 52)
                .toList();
        assertThat(bad.stream().filter(PastOrder::late).count() * 1.0 / bad.size())
                .isGreaterThan(0.35);
        assertThat(orders.stream().filter(PastOrder::late).count() * 1.0 / orders.size())
                .isLessThan(0.15);
    }

    @Test
    void isTheSameEveryTime() {
        assertThat(new PastOrders(NOW, 2_050).orders()).isEqualTo(new PastOrders(NOW, 2_050).orders());
    }

    @Test
    void bringsSomeBackWhoAreWrittenTo() {
        var shop = new PastOrders(NOW, 2_050);
        var orders = shop.orders().subList(0, 1_000);
        var numbers = orders.stream().map(PastOrder::externalId).collect(Collectors.toSet());

        var brought = orders.stream()
                .flatMap(order -> shop.broughtBy(order, NOW.minus(Duration.ofDays(60))).stream())
                .toList();

        assertThat(brought).hasSizeBetween(350, 450).allSatisfy(order -> {
            assertThat(order.placedAt()).isBetween(NOW.minus(Duration.ofDays(51)), NOW);
            assertThat(numbers).doesNotContain(order.externalId());
        });
        assertThat(shop.broughtBy(orders.getFirst(), NOW)).isEmpty();
    }
}
