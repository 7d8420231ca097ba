package dev.afterword.db.message.incoming;

import dev.afterword.db.Key;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail of which no case was made.
 *
 * @param sender its address, normalised; null where it does not say who wrote it
 * @param words what stands in it; null where it could not be read
 * @param files what came with it, by name; it is not kept
 */
public record UnmatchedMail(
        Key key,
        WhyNoCase why,
        @Nullable String sender,
        @Nullable String name,
        String subject,
        @Nullable String words,
        List<String> files,
        Instant receivedAt) {
    /** Whether somebody could be answered: who was erased is not made known again. */
    public boolean answerable() {
        return sender != null && why != WhyNoCase.ERASED;
    }
}
