package dev.afterword.db.response.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** CSV (RFC 4180) in UTF-8. Text that a spreadsheet would run as a formula has an apostrophe before it. */
final class CsvFile implements ExportFile {
    /** With the wide forms, which some spreadsheets take for the same. */
    private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

    private final Sheet sheet;
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private final CSVPrinter csv;

    CsvFile(Sheet sheet, boolean byteOrderMark) throws IOException {
        this.sheet = sheet;
        var out = new OutputStreamWriter(piece, StandardCharsets.UTF_8);
        if (byteOrderMark) {
            out.write('\ufeff');
        }
        csv = CSVFormat.RFC4180.print(out);
        csv.printRecord(sheet.columns().stream().map(column -> harmless(column.heading())));
    }

    @Override
    public byte[] rows(List<Exported> rows) throws IOException {
        for (var row : rows) {
            for (var column : sheet.columns()) {
                csv.print(text(column.value().apply(row)));
            }
            csv.println();
        }
        return end();
    }

    @Override
    public byte[] end() throws IOException {
        csv.flush();
        var bytes = piece.toByteArray();
        piece.reset();
        return bytes;
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> harmless(text);
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }

    /** Text as text, even at the beginning of a cell. */
    static String harmless(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
