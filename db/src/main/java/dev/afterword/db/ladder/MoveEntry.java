package dev.afterword.db.ladder;

import dev.afterword.db.contact.TimelineEntry;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A move on the loyalty ladder in a person's timeline, with the evidence that made its rule hold. */
public record MoveEntry(Instant at, UUID id, String from, String to, Map<String, Object> evidence)
        implements TimelineEntry {
    @Override
    public String kind() {
        return "move";
    }
}
