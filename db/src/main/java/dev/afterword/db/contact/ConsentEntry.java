package dev.afterword.db.contact;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person said about being written to, or why their address must not be written to.
 *
 * @param kind consent or suppression
 * @param purpose null means every purpose
 * @param granted for a suppression never
 * @param dated whether it was said at that time; otherwise it is only known not to be younger
 * @param reason where the consent came from, or the reason of the suppression
 */
public record ConsentEntry(
        String kind, Instant at, UUID id, @Nullable String purpose, boolean granted, boolean dated, String reason)
        implements TimelineEntry {}
