package dev.afterword.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvLinesTest {
    @Test
    void emptyRowsAreNoEnd() {
        var csv = "externalId,email\na,a@example.com\n" + ("," + " ".repeat(200) + "\n").repeat(22_000)
                + "b,b@example.com\n";
        assertThat(read(ImportKind.CONTACTS, csv)).containsExactly("2 a", "22003 b");
    }

    private static List<String> read(ImportKind kind, String csv) {
        var read = new ArrayList<String>();
        try (var lines = new CsvLines(kind, new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)))) {
            for (var batch = lines.next(); !batch.isEmpty(); batch = lines.next()) {
                batch.forEach(line -> read.add(line.number() + " " + said(line)));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return read;
    }

    private static String said(ImportLines.Line line) {
        var fields = line.fields();
        return fields == null ? line.problem().code() : fields.text("externalId", 200);
    }
}
