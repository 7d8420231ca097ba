package dev.afterword.db.contact;

import java.util.Arrays;
import java.util.Locale;

/** Why an address must not be written to. */
public enum SuppressionReason {
    UNSUBSCRIBED,
    HARD_BOUNCE,
    /** Mail came back again and again, for reasons that might have passed. */
    SOFT_BOUNCE,
    SPAM_REPORT,
    BY_STAFF,
    BY_API,
    ERASED;

    /** The name in tables and JSON, as {@code hard-bounce}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static SuppressionReason of(String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("suppression reason " + code));
    }
}
