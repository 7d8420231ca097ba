package dev.afterword.db.workspace;

import dev.afterword.db.Rejected;
import java.util.Arrays;
import java.util.Locale;

/** What a staff member may do in a workspace. */
public enum Role {
    OWNER,
    MARKETER,
    SUPPORT,
    VIEWER;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that code; otherwise {@code role.unknown}. */
    public static Role of(String code) {
        return Arrays.stream(values())
                .filter(role -> role.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new Rejected("role.unknown", "role", code));
    }

    /** Owner all; marketer all but staff and keys. */
    public boolean maySeeStaffAndKeys() {
        return this == OWNER;
    }

    /** Settings, follow-ups and imports. */
    public boolean mayConfigure() {
        return this == OWNER || this == MARKETER;
    }

    /** Names, addresses and timelines; a viewer sees numbers, and answers without names. */
    public boolean maySeeCustomers() {
        return this != VIEWER;
    }
}
