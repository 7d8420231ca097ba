package dev.afterword.db;

import org.jspecify.annotations.Nullable;

/** It would work, but not now: the database is away, or a queue is full. The caller may come again. */
public final class Unavailable extends Problem {
    private static final long serialVersionUID = 1L;

    public Unavailable(String code, @Nullable Throwable cause, Object... arguments) {
        super(code, null, cause, arguments);
    }
}
