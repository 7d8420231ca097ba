package dev.afterword.db.inbox;

import java.util.Locale;

/** Where a case stands. */
public enum CaseStatus {
    /** It is our turn. */
    OPEN,
    /** It is the customer's turn. */
    WAITING,
    CLOSED,
    SPAM,
    /** It goes on in another. */
    MERGED;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static CaseStatus of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Whether anybody still works on it. */
    public boolean running() {
        return this == OPEN || this == WAITING;
    }
}
