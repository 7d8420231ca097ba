package dev.afterword.db;

import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/** Binds many rows to one statement, as one array a column for {@code unnest}, so that the number of statements does not grow with the rows. */
public final class Unnest<R> {
    private final Collection<R> rows;
    private GenericExecuteSpec statement;
    private int next;

    private Unnest(GenericExecuteSpec statement, int first, Collection<R> rows) {
        this.statement = statement;
        this.next = first;
        this.rows = rows;
    }

    /**
     * Begins with the first array.
     *
     * @param first its index, from 0, among the parameters of the statement
     */
    public static <R> Unnest<R> into(GenericExecuteSpec statement, int first, Collection<R> rows) {
        return new Unnest<>(statement, first, rows);
    }

    public <T> Unnest<R> column(Class<T> type, Function<R, @Nullable T> value) {
        statement = statement.bind(next++, Columns.array(rows, type, value));
        return this;
    }

    /** A column of lists: each travels as the literal of a text array, because {@code unnest} would flatten an array of arrays. */
    public Unnest<R> texts(Function<R, Collection<String>> value) {
        return column(String.class, row -> literal(value.apply(row)));
    }

    public GenericExecuteSpec bound() {
        return statement;
    }

    private static String literal(Collection<String> texts) {
        var literal = new StringBuilder("{");
        for (var text : texts) {
            literal.append(literal.length() > 1 ? ",\"" : "\"")
                    .append(text.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return literal.append('}').toString();
    }
}
