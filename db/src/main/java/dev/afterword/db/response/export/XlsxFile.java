package dev.afterword.db.response.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * An Excel workbook (ECMA-376). Texts stand in their cells and not in a table of the workbook, which would have to be kept in memory to the end; they are of
 * the type text, so that none is a formula. Times are in the workspace's zone.
 */
final class XlsxFile implements ExportFile {
    private static final int MOST_ROWS = 1_048_576;
    private static final int LONGEST = 32_767;
    /** Beyond this a number would lose digits. */
    private static final int DIGITS = 15;

    private final Sheet sheet;
    private final ZoneId zone;
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private final Workbook workbook = new Workbook(piece, "Afterword", "1.0");
    private int sheets;
    private Worksheet page;
    private int row;

    XlsxFile(Sheet sheet, ZoneId zone) {
        this.sheet = sheet;
        this.zone = zone;
        this.page = begin();
    }

    private Worksheet begin() {
        var next = workbook.newWorksheet(++sheets == 1 ? "Responses" : "Responses " + sheets);
        next.freezePane(0, 1);
        row = 0;
        var columns = sheet.columns();
        for (int at = 0; at < columns.size(); at++) {
            text(next, row, at, columns.get(at).heading());
        }
        next.range(0, 0, 0, Math.max(0, columns.size() - 1)).style().bold().set();
        row++;
        return next;
    }

    @Override
    public byte[] rows(List<Exported> rows) throws IOException {
        for (var exported : rows) {
            if (row == MOST_ROWS) {
                page.finish();
                page = begin();
            }
            var columns = sheet.columns();
            for (int at = 0; at < columns.size(); at++) {
                put(at, columns.get(at).value().apply(exported));
            }
            row++;
        }
        page.flush();
        return taken();
    }

    @Override
    public byte[] end() throws IOException {
        workbook.finish();
        return taken();
    }

    private byte[] taken() {
        var bytes = piece.toByteArray();
        piece.reset();
        return bytes;
    }

    private void put(int at, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case BigDecimal number when number.precision() > DIGITS -> text(page, row, at, number.toPlainString());
            case Number number -> page.value(row, at, number);
            case Boolean truth -> page.value(row, at, truth);
            case LocalDate day -> {
                page.value(row, at, day);
                page.style(row, at).format("yyyy-mm-dd").set();
            }
            case Instant time -> {
                page.value(row, at, LocalDateTime.ofInstant(time, zone));
                page.style(row, at).format("yyyy-mm-dd hh:mm:ss").set();
            }
            default -> text(page, row, at, value.toString());
        }
    }

    private static void text(Worksheet page, int row, int at, String text) {
        page.inlineString(row, at, text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…");
    }
}
