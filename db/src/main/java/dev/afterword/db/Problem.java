package dev.afterword.db;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that cannot be done, with a stable code. Each edge translates the code once: api into RFC 9457, web into a page, worker into retry or give up.
 * The texts stand in {@code messages.properties} under {@code problem.<code>}, with the arguments as {0}, {1} …
 */
public abstract sealed class Problem extends RuntimeException permits NotFound, Conflict, Rejected, Unavailable {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final @Nullable String field;
    private final transient List<Object> arguments;

    protected Problem(String code, @Nullable String field, @Nullable Throwable cause, Object... arguments) {
        super(
                code
                        + (field == null ? "" : " (" + field + ")")
                        + (arguments.length == 0 ? "" : " " + Arrays.toString(arguments)),
                cause);
        this.code = code;
        this.field = field;
        this.arguments = List.of(arguments);
    }

    /** The stable code, as {@code order.status-unknown}. */
    public String code() {
        return code;
    }

    /** The dotted path of the field at fault, as {@code customer.email}; null when it is not about one field. */
    public @Nullable String field() {
        return field;
    }

    public List<Object> arguments() {
        return arguments;
    }
}
