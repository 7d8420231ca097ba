package dev.afterword.web.order;

import dev.afterword.db.Problem;
import dev.afterword.db.response.mapping.ResponseMapping;
import dev.afterword.db.survey.Survey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table of responses from elsewhere, what each of its columns is taken for, and what its first rows would become.
 *
 * @param surveys whose answers they may be
 * @param places of answers, by question key, to choose from
 * @param problem why nothing can be imported so; null when something can
 * @param looked how many rows were looked at
 * @param wrong how many of them would fail
 */
record MappingPreview(
        ResponseMapping mapping,
        List<Survey> surveys,
        List<Column> columns,
        Map<String, List<String>> places,
        List<ImportPreview.Row> rows,
        @Nullable Problem problem,
        int looked,
        int wrong) {
    /** A column: its name in the file, what stands in its first cells, and what it is taken for. */
    record Column(int index, String name, String sample, String target) {}

    public List<String> fields() {
        return ResponseMapping.FIELDS;
    }

    /** The names of columns that nothing is taken from. */
    public List<String> aside() {
        return columns.stream()
                .filter(column -> column.target().isEmpty() && !column.name().isBlank())
                .map(Column::name)
                .toList();
    }
}
