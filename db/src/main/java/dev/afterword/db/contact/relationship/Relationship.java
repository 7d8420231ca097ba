package dev.afterword.db.contact.relationship;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who keeps in touch with a customer, and on which occasions.
 *
 * @param occasions the next first
 */
public record Relationship(@Nullable UUID ownerId, List<Occasion> occasions) {}
