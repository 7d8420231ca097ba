package dev.afterword.db.contact;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which customers are looked for; what is null does not matter.
 *
 * @param search part of a name, an address or an externalId, or a whole order number
 * @param stage one stage of the ladder
 * @param owner the staff member who keeps in touch with them
 */
public record ContactFilter(
        @Nullable String search,
        @Nullable String stage,
        @Nullable UUID owner) {}
