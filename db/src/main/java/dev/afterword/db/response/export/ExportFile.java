package dev.afterword.db.response.export;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A file that is written piece by piece; nothing of it is kept but the piece at hand. Knows no threads: one piece after the other. */
interface ExportFile extends Closeable {
    /** The next piece: everything up to the end of these rows. */
    byte[] rows(List<Exported> rows) throws IOException;

    /** The last piece. */
    byte[] end() throws IOException;

    /** Lets go of what it holds, also of a file that nobody wants any more. */
    @Override
    default void close() {}
}
