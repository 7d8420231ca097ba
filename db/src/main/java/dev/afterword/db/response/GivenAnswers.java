package dev.afterword.db.response;

import dev.afterword.db.Key;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came in for one invitation.
 *
 * @param answers raw, by the text form of their slots; merged with what was answered before, null or blank empties an answer
 * @param complete every question was shown and the answers were sent
 * @param confirmed a person pressed a button; otherwise provisional, which changes nothing any more once something was confirmed
 * @param language what the page was read in; null for that of the invitation
 */
public record GivenAnswers(
        Key invitation,
        Map<String, ? extends @Nullable Object> answers,
        boolean complete,
        boolean confirmed,
        Instant at,
        @Nullable String language) {
    public GivenAnswers {
        // What the database keeps: the first confirmed answer is recognised by its time.
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** In the language of the invitation. */
    public GivenAnswers(
            Key invitation,
            Map<String, ? extends @Nullable Object> answers,
            boolean complete,
            boolean confirmed,
            Instant at) {
        this(invitation, answers, complete, confirmed, at, null);
    }
}
