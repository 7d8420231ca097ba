package dev.afterword.db.inbox;

import dev.afterword.db.contact.TimelineEntry;
import java.time.Instant;
import java.util.UUID;

/** A case in a person's timeline. */
public record CaseTimelineEntry(Instant at, UUID id, String subject, String what, String status)
        implements TimelineEntry {

    @Override
    public String kind() {
        return "case";
    }
}
