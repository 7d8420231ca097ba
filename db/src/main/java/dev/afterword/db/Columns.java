package dev.afterword.db;

import io.r2dbc.spi.Readable;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads columns that are never null, and turns rows into arrays, one a column, for {@code unnest}. */
public final class Columns {
    private Columns() {}

    /** The value of a column that is declared not null. */
    public static <T> T value(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }

    /** One column of many rows, to bind to {@code unnest($n::…[])}; an R2DBC statement would otherwise make one round trip a row. */
    @SuppressWarnings("unchecked")
    public static <R, T> Object array(Collection<R> rows, Class<T> type, Function<R, @Nullable T> value) {
        var column = (@Nullable T[]) Array.newInstance(type, rows.size());
        int at = 0;
        for (var row : rows) {
            column[at++] = value.apply(row);
        }
        return column;
    }
}
