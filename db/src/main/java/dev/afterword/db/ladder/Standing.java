package dev.afterword.db.ladder;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a contact had done and said at a moment, by which the ladder judges.
 *
 * @param number which of the questions it answers, from 0
 * @param orders counted orders
 * @param responseId the response with the latest recommendation of the year before; null without one
 */
public record Standing(
        int number,
        UUID contactId,
        long orders,
        @Nullable UUID responseId,
        @Nullable Integer recommend) {
    public Stage stage() {
        return Stage.of(orders, recommend);
    }

    /** What made the rule hold, in ids and counts. */
    Map<String, Object> evidence() {
        var evidence = new LinkedHashMap<String, Object>();
        evidence.put("orders", orders);
        if (recommend != null && responseId != null) {
            evidence.put("recommend", recommend);
            evidence.put("responseId", responseId);
        }
        return evidence;
    }
}
