package dev.afterword.web.demo;

import dev.afterword.db.order.ProductData;
import dev.afterword.web.demo.PastOrder.Article;
import dev.afterword.web.demo.PastPeople.Person;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A year of orders that ends at a moment: seasons, customers who come back, and one week in which the carrier lost its way. */
final class PastOrders {
    private static final int DAYS = 365;
    /** The bad week began so many days ago: recent enough to be seen, long enough ago to have been answered. */
    private static final int BAD_WEEK = 52;

    private static final String BAD_CARRIER = "Nordpost";
    private static final double MOST_DEMAND = 3.4;

    private final List<Article> articles;
    private final Instant now;
    private final int customers;

    /** With so many customers; the demo has {@code 2,050}. */
    PastOrders(Instant now, int customers) {
        this.now = now;
        this.customers = customers;
        var sheet = Sheet.read("products.tsv");
        articles = sheet.rows().stream()
                .map(row -> new Article(
                        sheet.value(row, "sku"),
                        sheet.value(row, "name"),
                        sheet.value(row, "category"),
                        new BigDecimal(sheet.value(row, "price")),
                        sheet.value(row, "supplier"),
                        Integer.parseInt(sheet.value(row, "usefulDays")),
                        Double.parseDouble(sheet.value(row, "charm"))))
                .toList();
    }

    List<ProductData> products() {
        return articles.stream()
                .map(article -> new ProductData(
                        article.sku(),
                        article.name(),
                        article.category(),
                        null,
                        article.supplier(),
                        null,
                        null,
                        article.usefulDays(),
                        null))
                .toList();
    }

    /** All orders, in the order in which they were placed. */
    List<PastOrder> orders() {
        var orders = new ArrayList<PastOrder>();
        for (var person : new PastPeople().people(customers)) {
            var chance = Chance.of("orders of " + person.number());
            var placedAt = firstOrder(chance);
            while (placedAt.isBefore(now)) {
                orders.add(order(orders.size(), person, placedAt, chance));
                if (!chance.happens(0.62)) {
                    break;
                }
                placedAt = nextOrder(placedAt, chance);
            }
        }
        orders.sort(Comparator.comparing(PastOrder::placedAt));
        return orders;
    }

    /** What somebody buys because something useful about that order was written to them then, if they do; more than nine days later, which is a step of the year. */
    Optional<PastOrder> broughtBy(PastOrder order, Instant at) {
        var chance = Chance.of("tempted " + order.externalId());
        var placedAt = at.plus(hours(24 * chance.between(9, 28)));
        return chance.happens(0.4) && placedAt.isBefore(now)
                ? Optional.of(order(customers * 3 + order.number(), order.person(), placedAt, chance))
                : Optional.empty();
    }

    private Instant firstOrder(Chance chance) {
        var day = chance.between(0.02, DAYS);
        while (!chance.happens(demand(day) / MOST_DEMAND)) {
            day = chance.between(0.02, DAYS);
        }
        return ago(day);
    }

    private Instant nextOrder(Instant last, Chance chance) {
        var day = daysAgo(last);
        var gap = 6 + chance.exponential(55);
        // A quiet season lets them wait longer, a busy one brings them sooner.
        return ago(day - gap / Math.sqrt(demand(day - gap)));
    }

    /** How busy a day is, 1 on an ordinary one; most before Christmas, and the shop grows a little. */
    private double demand(double daysAgo) {
        var date = LocalDate.ofInstant(ago(Math.max(daysAgo, 0)), ZoneOffset.UTC);
        var day = MonthDay.from(date);
        var grown = 1.1 - 0.2 * daysAgo / DAYS;
        if (!day.isBefore(MonthDay.of(11, 24)) && !day.isAfter(MonthDay.of(12, 19))) {
            return grown * 3.4;
        }
        if (!day.isBefore(MonthDay.of(4, 28)) && !day.isAfter(MonthDay.of(5, 10))) {
            return grown * 1.5;
        }
        return date.getMonthValue() == 7 || date.getMonthValue() == 8 ? grown * 0.7 : grown;
    }

    private PastOrder order(int number, Person person, Instant placedAt, Chance chance) {
        var carrier = chance.happens(0.55) ? BAD_CARRIER : "Swift Parcel";
        var shippedAt = placedAt.plus(hours(chance.between(8, 40)));
        var promisedAt = endOfDay(placedAt.plus(Duration.ofDays(far(person) ? 9 : 6)));
        var underWay = (far(person) ? 84 : 40) + chance.exponential(far(person) ? 40 : 28);
        var inBadWeek = daysAgo(placedAt) <= BAD_WEEK && daysAgo(placedAt) > BAD_WEEK - 7;
        if (inBadWeek && carrier.equals(BAD_CARRIER)) {
            underWay += 24 * chance.between(5, 12);
        }
        var cancelled = chance.happens(0.03);
        var givenBack = !cancelled && chance.happens(0.02);
        var deliveredAt = shippedAt.plus(hours(underWay));
        return new PastOrder(
                number,
                person,
                placedAt,
                cancelled ? null : shippedAt,
                cancelled ? null : deliveredAt,
                promisedAt,
                cancelled
                        ? placedAt.plus(hours(chance.between(1, 20)))
                        : givenBack ? deliveredAt.plus(hours(24 * chance.between(4, 12))) : null,
                carrier,
                chance.happens(0.86) ? "web" : "market",
                chosen(chance),
                List.of(1 + chance.upTo(2), 1, 1));
    }

    private List<Article> chosen(Chance chance) {
        var chosen = new ArrayList<Article>();
        var count = chance.happens(0.55) ? 1 : chance.happens(0.7) ? 2 : 3;
        while (chosen.size() < count) {
            // The first articles of the sheet sell best.
            int one = chance.upTo(articles.size());
            int other = chance.upTo(articles.size());
            var article = articles.get(Math.min(one, other));
            if (!chosen.contains(article)) {
                chosen.add(article);
            }
        }
        return chosen;
    }

    private static boolean far(Person person) {
        return !List.of("DE", "AT", "CH", "GB", "IE", "PT").contains(person.country());
    }

    private Instant ago(double days) {
        return now.minus(hours(days * 24));
    }

    private double daysAgo(Instant at) {
        return Duration.between(at, now).toMinutes() / 1440.0;
    }

    private static Duration hours(double hours) {
        return Duration.ofSeconds(Math.round(hours * 3600));
    }

    /** A promised day is given as its last instant. */
    private static Instant endOfDay(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC)
                .plusDays(1)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC)
                .minusSeconds(1);
    }
}
