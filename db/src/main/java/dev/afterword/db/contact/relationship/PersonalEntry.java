package dev.afterword.db.contact.relationship;

import dev.afterword.db.contact.TimelineEntry;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something done in person, in a customer's timeline.
 *
 * @param what letter, call, visit or gift
 * @param who the name of who did it
 */
public record PersonalEntry(
        Instant at, UUID id, String what, @Nullable String words, String who) implements TimelineEntry {
    @Override
    public String kind() {
        return "personal";
    }
}
