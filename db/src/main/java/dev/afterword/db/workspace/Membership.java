package dev.afterword.db.workspace;

import java.time.Instant;
import java.util.UUID;

/**
 * A staff member's place in a workspace.
 *
 * @param joined whether they have followed their invitation and chosen a password, or come by the workspace's provider
 * @param twoFactors whether they sign in with a second factor
 */
public record Membership(
        UUID workspaceId,
        UUID staffId,
        String name,
        String email,
        Role role,
        boolean joined,
        boolean twoFactors,
        Instant since) {}
