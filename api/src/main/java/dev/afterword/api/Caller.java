package dev.afterword.api;

import dev.afterword.db.Key;
import dev.afterword.db.workspace.Permission;
import java.util.Set;
import java.util.UUID;

/**
 * The program that calls, as an argument of endpoints: it speaks for one workspace.
 *
 * @param apiKey the key by which it is known
 * @param permissions what it may do
 */
public record Caller(Key apiKey, Set<Permission> permissions) {
    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    public UUID workspaceId() {
        return apiKey.workspaceId();
    }

    /** The key of a row in the caller's workspace, the only one that it can name. */
    public Key key(UUID id) {
        return new Key(workspaceId(), id);
    }
}
