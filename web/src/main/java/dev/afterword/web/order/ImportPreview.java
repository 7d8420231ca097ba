package dev.afterword.web.order;

import dev.afterword.db.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would be imported, before anything is.
 *
 * @param columns the names that were found, and whether each means something to us
 * @param problem why the file cannot be read at all; null when it can
 * @param looked how many lines were looked at
 * @param wrong how many of them would fail
 */
record ImportPreview(
        List<Column> columns, List<Row> rows, @Nullable Problem problem, int looked, int wrong) {
    static final ImportPreview NONE = new ImportPreview(List.of(), List.of(), null, 0, 0);

    /** A name in the file. */
    record Column(String name, boolean known) {}

    /** One of the first lines. */
    record Row(long line, String text, @Nullable Problem problem) {}
}
