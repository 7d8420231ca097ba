package dev.afterword.db.response.export;

import dev.afterword.db.Rejected;
import java.util.Arrays;
import java.util.Locale;

/** How a file of responses is written. */
public enum ExportFormat {
    CSV("text/csv;charset=utf-8"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    NDJSON("application/x-ndjson");

    private final String mediaType;

    ExportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The word for it, and the end of the file's name. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String mediaType() {
        return mediaType;
    }

    /** The format of that code; otherwise {@code export.format-unknown}. */
    public static ExportFormat of(String code) {
        return Arrays.stream(values())
                .filter(format -> format.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new Rejected("export.format-unknown", "format", code));
    }
}
