package dev.afterword.db.response;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether a response counts. */
public enum Standing {
    /** A person pressed a button, as far as anybody knows. */
    COUNTED("r.confirmed_at is not null and r.discarded_at is null"),
    /** Kept while somebody answered, and nobody pressed a button yet. */
    PROVISIONAL("r.confirmed_at is null"),
    /** Only a machine pressed the button. */
    DISCARDED("r.confirmed_at is not null and r.discarded_at is not null");

    private final String condition;

    Standing(String condition) {
        this.condition = condition;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Standing> of(String code) {
        return Arrays.stream(values())
                .filter(standing -> standing.code().equals(code))
                .findFirst();
    }

    /** In SQL, of a response r. */
    public String condition() {
        return condition;
    }
}
