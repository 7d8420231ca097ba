package dev.afterword.db.reward;

import dev.afterword.db.Key;
import dev.afterword.db.order.Offer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where codes come from.
 *
 * @param poolKey what follow-ups and the API call it
 * @param fixedCode one code for all; null where each is given once
 * @param offer what a code is worth that is promised or given from now on
 * @param warnAt with so many codes left or fewer staff is warned
 * @param warnedAt since when there are so few; null while there are more
 */
public record RewardPool(
        Key key,
        int version,
        String poolKey,
        String name,
        @Nullable String fixedCode,
        Offer offer,
        int warnAt,
        @Nullable Instant warnedAt,
        @Nullable Instant archivedAt,
        Instant createdAt) {

    public boolean fixed() {
        return fixedCode != null;
    }

    public boolean archived() {
        return archivedAt != null;
    }
}
