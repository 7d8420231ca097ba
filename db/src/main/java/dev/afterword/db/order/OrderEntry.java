package dev.afterword.db.order;

import dev.afterword.db.Money;
import dev.afterword.db.contact.TimelineEntry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order in a person's timeline.
 *
 * @param items the names of the first five lines
 * @param lines how many lines it has
 */
public record OrderEntry(
        Instant at,
        UUID id,
        String externalId,
        String status,
        @Nullable Instant shippedAt,
        @Nullable Instant deliveredAt,
        @Nullable Instant promisedAt,
        @Nullable Money total,
        @Nullable String channel,
        boolean test,
        List<String> items,
        int lines)
        implements TimelineEntry {

    @Override
    public String kind() {
        return "order";
    }

    /** Delivered after the promised time. */
    public boolean late() {
        return deliveredAt != null && promisedAt != null && deliveredAt.isAfter(promisedAt);
    }
}
