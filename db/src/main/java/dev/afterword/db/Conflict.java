package dev.afterword.db;

/** It cannot be done in the state that things are in. */
public final class Conflict extends Problem {
    private static final long serialVersionUID = 1L;

    public Conflict(String code, Object... arguments) {
        super(code, null, null, arguments);
    }
}
