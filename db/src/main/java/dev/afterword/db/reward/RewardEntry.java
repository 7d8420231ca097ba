package dev.afterword.db.reward;

import dev.afterword.db.contact.TimelineEntry;
import dev.afterword.db.order.Offer;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reward or goodwill in a person's timeline.
 *
 * @param what reward or goodwill
 * @param code null while it is owed
 */
public record RewardEntry(
        Instant at,
        UUID id,
        String what,
        String pool,
        Offer offer,
        @Nullable String code,
        @Nullable Instant expiresAt,
        @Nullable Instant redeemedAt)
        implements TimelineEntry {

    @Override
    public String kind() {
        return "reward";
    }

    /** What it is, as staff reads it. */
    public String worth() {
        return offer.said("en", "en");
    }
}
