package dev.afterword.db.message;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail that wants a place in somebody's week.
 *
 * @param address null: nobody to write to, which others refuse
 * @param priority the lower number goes first
 * @param always service, which goes out whatever else does
 */
public record WantedPlace(
        UUID sendId,
        @Nullable String address,
        int priority,
        boolean always,
        Instant due,
        Instant notAfter,
        ZoneId zone) {}
