package dev.afterword.db;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of one import, read a few at a time, so that the whole never has to be in memory. Reading blocks. */
public interface ImportLines extends Closeable {
    /** How the lines are written. */
    enum Format {
        NDJSON,
        CSV
    }

    /**
     * One line: what it says, or why it cannot be read.
     *
     * @param number where it begins, counted from 1 as an editor counts
     */
    record Line(
            long number, @Nullable Fields fields, @Nullable Rejected problem) {
        static Line failed(long number, Rejected problem) {
            return new Line(number, null, problem);
        }
    }

    /** The next lines, at most 500 and about 4 MB; empty at the end. */
    List<Line> next() throws IOException;

    /** The fields that the file names before its lines; empty where each line names its own. */
    List<String> header() throws IOException;

    static ImportLines open(Format format, ImportKind kind, java.io.InputStream in) {
        return switch (format) {
            case NDJSON -> new JsonLines(in);
            case CSV -> new CsvLines(kind, in);
        };
    }
}
