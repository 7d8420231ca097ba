package dev.afterword.db.response;

import dev.afterword.db.ImportKind;
import dev.afterword.db.ImportLines.Format;
import dev.afterword.db.ImportReport;
import dev.afterword.db.Key;
import dev.afterword.db.response.mapping.ResponseMapping;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file that was uploaded to be imported, and how far it has come.
 *
 * @param bytes how long the file is
 * @param bytesRead how much of it was read so far
 * @param problem the code of why it could not be read at all
 * @param mapping what its columns are, as somebody said; null where the file names its fields itself
 */
public record ImportRun(
        Key key,
        ImportKind kind,
        Format format,
        String fileName,
        long bytes,
        long bytesRead,
        State state,
        ImportReport report,
        @Nullable String problem,
        @Nullable ResponseMapping mapping,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    /** What becomes of an uploaded file. */
    public enum State {
        UPLOADING,
        UPLOADED,
        QUEUED,
        RUNNING,
        FINISHED,
        FAILED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How much of it was read, in whole per cent. */
    public int progress() {
        return bytes == 0 ? 0 : (int) Math.min(100, bytesRead * 100 / bytes);
    }

    /** Whether it may still change by itself. */
    public boolean isUnderWay() {
        return state == State.QUEUED || state == State.RUNNING;
    }
}
