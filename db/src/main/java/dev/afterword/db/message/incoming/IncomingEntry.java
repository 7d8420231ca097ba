package dev.afterword.db.message.incoming;

import dev.afterword.db.contact.TimelineEntry;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Mail that came back, in a person's timeline: what was said about a mail of ours, or what the person wrote.
 *
 * @param kind bounce or reply
 * @param what of a bounce, as {@code hard} or {@code spam-report}
 * @param status of a bounce, RFC 3463
 * @param words what the server said, or what the person wrote without what they quote
 */
public record IncomingEntry(
        String kind,
        Instant at,
        UUID id,
        String what,
        @Nullable String status,
        @Nullable String words) implements TimelineEntry {}
