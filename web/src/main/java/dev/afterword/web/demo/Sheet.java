package dev.afterword.web.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.springframework.core.io.ClassPathResource;

/** A table of the demo's facts: tab-separated lines beside this class, the first of them naming the columns. */
record Sheet(List<String> columns, List<List<String>> rows) {
    static Sheet read(String name) {
        try {
            var lines = new ClassPathResource("dev/afterword/web/demo/" + name)
                    .getContentAsString(StandardCharsets.UTF_8)
                    .strip()
                    .lines()
                    .map(line -> List.of(line.split("\t", -1)))
                    .toList();
            return new Sheet(lines.getFirst(), lines.subList(1, lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String value(List<String> row, String column) {
        return Objects.requireNonNull(row.get(columns.indexOf(column)));
    }
}
