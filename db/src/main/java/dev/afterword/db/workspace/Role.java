package dev.afterword.db.workspace;

import dev.afterword.db.Columns;
import dev.afterword.db.Rejected;
import io.r2dbc.spi.Readable;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What a staff member may do in a workspace: one of the four roles that every workspace has, or one that it made for itself.
 *
 * @param code the name of one of the four, or the id of one's own
 * @param name of one's own; empty for the four, whose names stand in the messages
 */
public record Role(String code, String name, Set<Permission> permissions) {
    private static final String CUSTOM = "custom";

    public static final Role OWNER = new Role("owner", "", EnumSet.allOf(Permission.class));
    public static final Role MARKETER = new Role(
            "marketer",
            "",
            EnumSet.complementOf(EnumSet.of(Permission.MANAGE_PEOPLE, Permission.MANAGE_KEYS, Permission.READ_AUDIT)));
    public static final Role SUPPORT = new Role(
            "support",
            "",
            EnumSet.of(Permission.VIEW, Permission.SEE_CUSTOMERS, Permission.EXPORT, Permission.ANSWER_CASES));
    public static final Role VIEWER = new Role("viewer", "", EnumSet.of(Permission.VIEW, Permission.EXPORT));

    private static final List<Role> BUILT_IN = List.of(OWNER, MARKETER, SUPPORT, VIEWER);

    public Role {
        permissions = Set.copyOf(permissions);
    }

    /** A role that a workspace made. */
    static Role custom(UUID id, String name, Set<Permission> permissions) {
        return new Role(id.toString(), name, permissions);
    }

    /** The four that every workspace has. */
    public static List<Role> builtIn() {
        return BUILT_IN;
    }

    /** The one of the four with that code; otherwise {@code role.unknown}. */
    public static Role of(String code) {
        return BUILT_IN.stream()
                .filter(role -> role.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new Rejected("role.unknown", "role", code));
    }

    /** The role of a row with the columns role, custom_role_id, role_name and role_permissions. */
    public static Role read(Readable row) {
        var code = Columns.value(row, "role", String.class);
        return code.equals(CUSTOM)
                ? custom(
                        Columns.value(row, "custom_role_id", UUID.class),
                        Columns.value(row, "role_name", String.class),
                        Permission.of(Arrays.asList(Columns.value(row, "role_permissions", String[].class))))
                : of(code);
    }

    /** Whether the workspace made it for itself. */
    public boolean custom() {
        return !name.isEmpty();
    }

    /** What the column role of a membership holds. */
    String kept() {
        return custom() ? CUSTOM : code;
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /** The same, by the permission's code. */
    public boolean may(String code) {
        return may(Permission.of(code));
    }

    /** Nobody gives, changes or takes what goes beyond their own role: otherwise rejected with {@code role.beyond-own}. */
    public void covers(Set<Permission> others) {
        if (!permissions.containsAll(others)) {
            throw new Rejected("role.beyond-own", null);
        }
    }

    public boolean mayConfigure() {
        return may(Permission.CONFIGURE);
    }

    /** Names, addresses and timelines; a viewer sees numbers, and answers without names. */
    public boolean maySeeCustomers() {
        return may(Permission.SEE_CUSTOMERS);
    }
}
