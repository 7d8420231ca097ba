package dev.afterword.db.workspace;

import dev.afterword.db.Rejected;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What somebody, or a program with a key, may do in a workspace. Every page and every call asks for one of these; roles and keys are sets of them. */
public enum Permission {
    /** Numbers, and answers without names. */
    VIEW,
    /** Names, addresses, timelines and cases. */
    SEE_CUSTOMERS,
    /** Lists as files; without names where customers may not be seen. */
    EXPORT,
    ANSWER_CASES,
    /** Gives people everything that is kept of them, and forgets them. */
    ERASE,
    DESIGN_SURVEYS,
    PUBLISH_FOLLOW_UPS,
    CONFIGURE,
    /** Puts orders, people, answers and refusals in. */
    TAKE_IN,
    MANAGE_PEOPLE,
    /** API keys, and the addresses that are told of events. */
    MANAGE_KEYS,
    READ_AUDIT;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The permission of that code; otherwise {@code permission.unknown}. */
    public static Permission of(String code) {
        return Arrays.stream(values())
                .filter(permission -> permission.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new Rejected("permission.unknown", "permissions", code));
    }

    /** Those of these codes, and no others: what a program may do. */
    public static Set<Permission> exactly(Collection<String> codes) {
        var permissions = EnumSet.noneOf(Permission.class);
        codes.forEach(code -> permissions.add(of(code)));
        return permissions;
    }

    /** Those of these codes, and what people cannot do without: everybody views, and who answers cases sees whose they are. */
    public static Set<Permission> of(Collection<String> codes) {
        var permissions = exactly(codes);
        permissions.add(VIEW);
        if (permissions.contains(ANSWER_CASES)) {
            permissions.add(SEE_CUSTOMERS);
        }
        return permissions;
    }

    static String[] codes(Set<Permission> permissions) {
        return permissions.stream().map(Permission::code).sorted().toArray(String[]::new);
    }
}
