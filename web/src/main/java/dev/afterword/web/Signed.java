package dev.afterword.web;

import dev.afterword.db.Key;
import dev.afterword.db.workspace.Permission;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Workspace;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The staff member who asks, in the workspace that the path names, and what they may do there. An endpoint below {@code /w/{code}/} takes it as an argument;
 * it is there only for members of that workspace.
 *
 * @param elsewhere whether they belong to another workspace too
 */
public record Signed(UUID staffId, String name, String email, Workspace workspace, Role role, boolean elsewhere) {
    /** The key of something that this workspace owns. */
    public Key key(UUID id) {
        return new Key(workspace.id(), id);
    }

    /** Where the settings begin for them, below {@code /settings}; null where they have none. */
    public @Nullable String settings() {
        if (role.mayConfigure()) {
            return "";
        }
        if (role.may(Permission.MANAGE_PEOPLE)) {
            return "/staff";
        }
        if (role.may(Permission.MANAGE_KEYS)) {
            return "/keys";
        }
        return role.may(Permission.READ_AUDIT) ? "/audit" : null;
    }

    /** The path of a page of this workspace, as {@code path("/responses")}. */
    public String path(String below) {
        return "/w/" + workspace.code() + below;
    }
}
