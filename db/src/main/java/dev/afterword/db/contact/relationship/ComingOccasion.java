package dev.afterword.db.contact.relationship;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An occasion that comes soon.
 *
 * @param customer their name or address
 */
public record ComingOccasion(
        UUID id, UUID contactId, @Nullable String customer, String name, LocalDate on) {}
