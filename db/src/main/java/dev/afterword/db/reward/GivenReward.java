package dev.afterword.db.reward;

import dev.afterword.db.Key;
import dev.afterword.db.order.Offer;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody got, or is owed.
 *
 * @param code null while it is owed
 * @param givenAt null while it is owed
 * @param redeemedAt when the order was placed that carries the code; null while none does
 * @param redeemedOrder that order's externalId
 */
public record GivenReward(
        Key key,
        Gift.Kind kind,
        UUID poolId,
        String poolKey,
        Offer offer,
        @Nullable UUID contactId,
        @Nullable UUID invitationId,
        @Nullable String code,
        @Nullable Instant givenAt,
        @Nullable Instant expiresAt,
        @Nullable Instant redeemedAt,
        @Nullable String redeemedOrder,
        Instant createdAt) {}
