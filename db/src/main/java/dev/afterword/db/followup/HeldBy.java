package dev.afterword.db.followup;

import java.util.Locale;

/** By what somebody is left out, so that the others can be compared with them. */
public enum HeldBy {
    /** That follow-up's own share. */
    FOLLOW_UP,
    /** The share of people who get no marketing of the workspace at all. */
    WORKSPACE;

    /** As in tables and JSON. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
