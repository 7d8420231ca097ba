package dev.afterword.web.order;

import dev.afterword.db.ImportReport;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The lines that failed, and why, as CSV to work through. */
@Component
class FailuresFile {
    private final MessageSource messages;

    FailuresFile(MessageSource messages) {
        this.messages = messages;
    }

    byte[] of(ImportReport report) {
        var text = new StringWriter();
        try (var csv = CSVFormat.RFC4180.print(text)) {
            csv.printRecord("line", "field", "code", "reason");
            for (var failure : report.failures()) {
                csv.printRecord(
                        failure.line(),
                        harmless(failure.field() == null ? "" : failure.field()),
                        failure.code(),
                        harmless(reason(failure)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String reason(ImportReport.Failure failure) {
        return String.valueOf(messages.getMessage(
                "problem." + failure.code(), failure.arguments().toArray(), failure.code(), Locale.ENGLISH));
    }

    /** A cell that a spreadsheet would run as a formula is written as text. */
    private static String harmless(String cell) {
        return !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }
}
