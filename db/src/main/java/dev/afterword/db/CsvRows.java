package dev.afterword.db;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.jspecify.annotations.Nullable;

/** Rows of CSV (RFC 4180, or with semicolons or tabs), cell by cell and one at a time. The first row tells what separates the cells. Reading blocks. */
public final class CsvRows implements Closeable {
    private final RawLines lines;
    private @Nullable CSVFormat format;

    public CsvRows(InputStream in) {
        this.lines = new RawLines(in, true);
    }

    /**
     * One row: its cells, or why it has none.
     *
     * @param number the line where it begins, counted from 1
     */
    public record Row(
            long number,
            int bytes,
            List<String> cells,
            @Nullable Rejected problem) {}

    /** The next row that is not blank; null at the end. */
    public @Nullable Row next() throws IOException {
        var raw = lines.next();
        if (raw == null) {
            return null;
        }
        var text = raw.text();
        if (text == null) {
            return new Row(raw.number(), raw.bytes(), List.of(), raw.problem());
        }
        if (format == null) {
            char delimiter = delimiter(text);
            lines.delimitedBy(delimiter);
            format = format(delimiter);
        }
        try {
            return new Row(raw.number(), raw.bytes(), cells(text, format), null);
        } catch (Rejected problem) {
            return new Row(raw.number(), raw.bytes(), List.of(), problem);
        }
    }

    static CSVFormat format(char delimiter) {
        return CSVFormat.RFC4180.builder().setDelimiter(delimiter).get();
    }

    /** What separates the cells of a first row: the one of comma, semicolon and tab that is there most often. */
    static char delimiter(String text) {
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(text, candidate) > count(text, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    /** The cells of one row; otherwise {@code csv.malformed}. */
    static List<String> cells(String text, CSVFormat format) {
        try (var parser = CSVParser.parse(text, format)) {
            var records = parser.getRecords();
            if (records.size() == 1) {
                return records.getFirst().toList();
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new Rejected("csv.malformed", null);
        }
        throw new Rejected("csv.malformed", null);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
