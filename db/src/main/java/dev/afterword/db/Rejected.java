package dev.afterword.db;

import org.jspecify.annotations.Nullable;

/** What was given is wrong, and where. */
public final class Rejected extends Problem {
    private static final long serialVersionUID = 1L;

    public Rejected(String code, @Nullable String field, Object... arguments) {
        super(code, field, null, arguments);
    }
}
