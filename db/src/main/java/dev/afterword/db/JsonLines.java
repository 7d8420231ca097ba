package dev.afterword.db;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Newline-delimited JSON: one object a line. */
final class JsonLines implements ImportLines {
    static final int MOST_LINES = 500;
    static final int MOST_BYTES = 4 << 20;

    private final RawLines lines;

    JsonLines(InputStream in) {
        this.lines = new RawLines(in, false);
    }

    @Override
    public List<Line> next() throws IOException {
        var batch = new ArrayList<Line>();
        int bytes = 0;
        while (batch.size() < MOST_LINES && bytes < MOST_BYTES) {
            var raw = lines.next();
            if (raw == null) {
                break;
            }
            bytes += raw.bytes();
            batch.add(line(raw));
        }
        return batch;
    }

    private static Line line(RawLines.Raw raw) {
        if (raw.text() == null) {
            return new Line(raw.number(), null, raw.problem());
        }
        try {
            return new Line(raw.number(), Fields.parse(raw.text()), null);
        } catch (Rejected problem) {
            return Line.failed(raw.number(), problem);
        }
    }

    @Override
    public List<String> header() {
        return List.of();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
