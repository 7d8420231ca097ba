package dev.afterword.db.message;

import java.util.Locale;

/** Which message of a follow-up. */
public enum Step {
    ASK,
    REMIND;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Step of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
