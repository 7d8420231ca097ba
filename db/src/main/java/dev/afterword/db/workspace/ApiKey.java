package dev.afterword.db.workspace;

import dev.afterword.db.Key;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key by which a shop's programs speak for a workspace; the secret itself is nowhere.
 *
 * @param hint the last four characters, so that people can tell their keys apart
 * @param createdBy the staff member who made it; null when the installation did
 * @param permissions what its program may do
 * @param lastUsedAt to the minute
 */
public record ApiKey(
        Key key,
        String name,
        String hint,
        Set<Permission> permissions,
        @Nullable UUID createdBy,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {}
