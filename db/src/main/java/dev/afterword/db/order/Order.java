package dev.afterword.db.order;

import dev.afterword.db.Key;
import dev.afterword.db.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A purchase, and how far it has come.
 *
 * @param promisedAt the last instant of the promised day
 * @param test kept and never asked about
 * @param updatedAt the source's own time of its last change
 */
public record Order(
        Key key,
        String externalId,
        UUID contactId,
        OrderStatus status,
        Instant placedAt,
        @Nullable Instant shippedAt,
        @Nullable Instant deliveredAt,
        @Nullable Instant promisedAt,
        @Nullable Money total,
        @Nullable String channel,
        @Nullable String country,
        @Nullable String carrier,
        List<String> codes,
        boolean test,
        Map<String, String> attributes,
        @Nullable Instant updatedAt,
        Instant createdAt,
        List<OrderLine> lines) {
    private static final Duration HISTORY = Duration.ofDays(30);

    static Order of(UUID workspaceId, OrderData data, UUID contactId, Instant now) {
        return new Order(
                Key.next(workspaceId),
                data.externalId(),
                contactId,
                data.statusOrTold(),
                data.placedAt(),
                data.shippedAt(),
                data.deliveredAt(),
                data.promisedAt(),
                data.total(),
                data.channel(),
                data.country(),
                data.carrier(),
                data.codes() == null ? List.of() : data.codes(),
                Boolean.TRUE.equals(data.test()),
                attributes(Map.of(), data.attributes()),
                data.updatedAt(),
                now,
                data.lines() == null ? List.of() : data.lines());
    }

    /** Whether what was sent is older than what is known; it then changes nothing. */
    boolean isNewerThan(OrderData data) {
        return updatedAt != null && data.updatedAt() != null && data.updatedAt().isBefore(updatedAt);
    }

    /** This order with what was sent: arrival decides, none never replaces what is known, status only moves on, lines are replaced as a whole. */
    Order with(OrderData data, UUID newContactId) {
        return new Order(
                key,
                externalId,
                newContactId,
                status.then(data.statusOrTold()),
                data.placedAt(),
                known(data.shippedAt(), shippedAt),
                known(data.deliveredAt(), deliveredAt),
                known(data.promisedAt(), promisedAt),
                known(data.total(), total),
                known(data.channel(), channel),
                known(data.country(), country),
                known(data.carrier(), carrier),
                data.codes() == null ? codes : data.codes(),
                data.test() == null ? test : data.test(),
                attributes(attributes, data.attributes()),
                known(data.updatedAt(), updatedAt),
                createdAt,
                data.lines() == null ? lines : data.lines());
    }

    /** This order with the lines that are kept of it. */
    Order withLines(List<OrderLine> kept) {
        return new Order(
                key,
                externalId,
                contactId,
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
                attributes,
                updatedAt,
                createdAt,
                kept);
    }

    /** Whether its last known step is so long ago that nobody should be written to about it. */
    boolean isHistory(Instant now) {
        var latest = deliveredAt != null ? deliveredAt : shippedAt != null ? shippedAt : placedAt;
        return latest.isBefore(now.minus(HISTORY));
    }

    private static <T> @Nullable T known(@Nullable T sent, @Nullable T known) {
        return sent == null ? known : sent;
    }

    private static Map<String, String> attributes(Map<String, String> known, Map<String, @Nullable String> sent) {
        if (sent.isEmpty()) {
            return known;
        }
        var merged = new TreeMap<>(known);
        sent.forEach((name, value) -> {
            if (value == null) {
                merged.remove(name);
            } else {
                merged.put(name, value);
            }
        });
        return merged;
    }
}
