package dev.afterword.db.contact;

import dev.afterword.db.Key;
import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Flux;

/** What one feature knows about a person's history; {@link Timeline} merges them all. */
public interface TimelineSource {
    /** Entries before a place, by time and id, the latest first, at most so many; one statement. */
    Flux<? extends TimelineEntry> before(Key contact, Instant at, UUID id, int limit);
}
