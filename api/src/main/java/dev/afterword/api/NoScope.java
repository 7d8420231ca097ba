package dev.afterword.api;

import dev.afterword.db.workspace.Permission;

/** A call with a key that may do other things. */
final class NoScope extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Permission permission;

    NoScope(Permission permission) {
        super(permission.code(), null, false, false);
        this.permission = permission;
    }

    Permission permission() {
        return permission;
    }
}
