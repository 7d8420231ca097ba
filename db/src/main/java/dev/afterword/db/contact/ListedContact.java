package dev.afterword.db.contact;

import dev.afterword.db.Key;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer as the staff's list shows them.
 *
 * @param latestAt the latest order; for people who never ordered, when they became known
 * @param orders how many orders are counted: neither cancelled, refunded nor test
 * @param score the latest confirmed answer to a question of type NPS
 */
public record ListedContact(
        Key key,
        @Nullable String externalId,
        @Nullable String name,
        @Nullable String email,
        @Nullable String country,
        String stage,
        @Nullable Instant stageAt,
        Instant createdAt,
        Instant latestAt,
        @Nullable String latestOrder,
        int orders,
        int responses,
        @Nullable BigDecimal score,
        @Nullable Instant scoreAt) {}
