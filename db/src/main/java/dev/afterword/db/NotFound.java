package dev.afterword.db;

/** There is no such thing in this workspace; a foreign row is not found, never forbidden. */
public final class NotFound extends Problem {
    private static final long serialVersionUID = 1L;

    public NotFound(String code, Object... arguments) {
        super(code, null, null, arguments);
    }
}
