package dev.afterword.db.inbox;

import org.jspecify.annotations.Nullable;

/**
 * A case in a list.
 *
 * @param customer the customer's name, or else the address
 * @param order the order's externalId
 */
public record ListedCase(
        Case item,
        @Nullable String customer,
        @Nullable String owner,
        @Nullable String order) {}
