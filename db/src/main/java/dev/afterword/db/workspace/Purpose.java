package dev.afterword.db.workspace;

import dev.afterword.db.Rejected;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a message to a customer is for; consent, suppression and unsubscription go by it. */
public enum Purpose {
    QUESTIONS,
    TIPS,
    NEWS,
    SERVICE;

    /** The name in tables, JSON and forms, as {@code questions}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The purpose of that code; otherwise {@code purpose.unknown}. */
    public static Purpose of(String code) {
        return find(code).orElseThrow(() -> new Rejected("purpose.unknown", "purpose", code));
    }

    public static Optional<Purpose> find(String code) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.code().equals(code))
                .findFirst();
    }
}
