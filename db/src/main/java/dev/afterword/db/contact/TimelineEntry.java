package dev.afterword.db.contact;

import java.time.Instant;
import java.util.UUID;

/** Something that happened with a person, or is planned. */
public interface TimelineEntry {
    /** What it is, as order, send or response; pages choose by it how to show it. */
    String kind();

    /** When; it lies ahead for what is planned. */
    Instant at();

    UUID id();
}
