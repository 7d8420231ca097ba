package dev.afterword.db.response.mapping;

import dev.afterword.db.Rejected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What each column of a table of responses is.
 *
 * @param survey the key of the survey that was answered
 * @param zone the IANA zone of times that name none
 * @param targets by column: {@code externalId}, {@code answeredAt}, {@code askedAt}, {@code language}, {@code order.externalId}, {@code survey},
 *     {@code answers.PLACE}, {@code answers.QUESTION=OPTION} for a column that says whether one option was chosen; empty where the column is left aside
 */
public record ResponseMapping(Dialect dialect, String survey, String zone, List<String> targets) {
    public static final String ANSWERS = "answers.";
    public static final List<String> FIELDS =
            List.of("externalId", "answeredAt", "askedAt", "language", "order.externalId", "survey");

    public ResponseMapping {
        targets = List.copyOf(targets);
    }

    /** Why nothing could be imported by it; null where something can. */
    public @Nullable Rejected problem() {
        if (!targets.contains("answeredAt")) {
            return new Rejected("mapping.no-time", "answeredAt");
        }
        return targets.stream().anyMatch(target -> target.startsWith(ANSWERS))
                ? null
                : new Rejected("mapping.no-answers", "answers");
    }
}
