package dev.afterword.db.response;

import dev.afterword.db.Key;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Slot;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody answered.
 *
 * @param complete every question was shown and the answers were sent; otherwise partial
 * @param confirmedAt when a person first pressed a button; null while provisional
 * @param answers by their place, those that logic hides now among them; a place without an entry was not shown
 */
public record Response(
        Key key,
        boolean complete,
        @Nullable Instant confirmedAt,
        Instant startedAt,
        Instant answeredAt,
        Map<Slot, Answer> answers) {
    public boolean confirmed() {
        return confirmedAt != null;
    }
}
