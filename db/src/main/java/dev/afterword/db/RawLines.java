package dev.afterword.db;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts bytes into lines of UTF-8 without ever holding more than one of at most 1 MB; a line that is longer is passed over. In CSV a line goes on inside quotes
 * (RFC 4180). A byte order mark at the beginning is dropped.
 */
final class RawLines implements Closeable {
    static final int LONGEST = 1 << 20;
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final boolean csv;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int at;
    private int end;
    private long number = 1;
    private boolean started;
    private byte delimiter = ',';

    RawLines(InputStream in, boolean csv) {
        this.in = in;
        this.csv = csv;
    }

    /** What separates the cells of CSV, and so where a quote may open. */
    void delimitedBy(char separator) {
        delimiter = (byte) separator;
    }

    /** One line: its text, or why it has none. */
    record Raw(
            long number,
            int bytes,
            @Nullable String text,
            @Nullable Rejected problem) {}

    /** The next line that is not blank; null at the end. */
    @Nullable
    Raw next() throws IOException {
        while (true) {
            var raw = nextOrBlank();
            if (raw == null || raw.text() == null || !raw.text().isBlank()) {
                return raw;
            }
        }
    }

    private @Nullable Raw nextOrBlank() throws IOException {
        line.reset();
        long begin = number;
        int length = 0;
        boolean quoted = false;
        boolean closed = false;
        boolean cellBegins = true;
        int read;
        while ((read = read()) >= 0) {
            if (read == '\n') {
                number++;
                if (!quoted || length > LONGEST) {
                    return raw(begin, length);
                }
            }
            if (length++ < LONGEST) {
                line.write(read);
            }
            if (csv) {
                // A quote opens a cell only at its beginning; a doubled one closes and opens again, which comes to the
                // same.
                boolean closes = quoted && read == '"';
                quoted = closes ? false : quoted || (read == '"' && (cellBegins || closed));
                closed = closes;
                cellBegins = !quoted && read == delimiter;
            }
        }
        return length == 0 ? null : raw(begin, length);
    }

    private Raw raw(long begin, int length) {
        if (length > LONGEST) {
            return new Raw(begin, LONGEST, null, new Rejected("line.too-long", null));
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
            return new Raw(begin, length, text, null);
        } catch (CharacterCodingException e) {
            return new Raw(begin, length, null, new Rejected("line.not-utf-8", null));
        }
    }

    private int read() throws IOException {
        if (at == end) {
            fill();
        }
        return at == end ? -1 : buffer[at++] & 0xff;
    }

    private void fill() throws IOException {
        at = 0;
        end = Math.max(0, started ? in.read(buffer) : in.readNBytes(buffer, 0, 3));
        if (!started) {
            started = true;
            if (end == 3 && buffer[0] == (byte) 0xef && buffer[1] == (byte) 0xbb && buffer[2] == (byte) 0xbf) {
                fill();
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
