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

    @Test
    void anOrderOfWhichARowCannotBeReadIsNotTakenInHalf() {
        var csv = """
                externalId,placedAt,customer.email,line.sku
                A,2026-02-01,a@example.com,one
                A,2026-02-01,"broken" quote,two
                A,2026-02-01,a@example.com,three
                B,2026-02-01,b@example.com,one
                "C",2026-02-01,c@example.com,one,too many
                C,2026-02-01,c@example.com,two
                D,2026-02-01,d@example.com,one
                "broken" quote,2026-02-01,d@example.com,two
                D,2026-02-01,d@example.com,three
                E,2026-02-01,e@example.com,one
                """;
        assertThat(read(ImportKind.ORDERS, csv))
                .containsExactly(
                        "2 csv.order-broken",
                        "3 csv.malformed",
                        "4 csv.order-after-broken",
                        "5 B",
                        "6 csv.too-many-cells",
                        "7 csv.order-after-broken",
                        "8 csv.order-broken",
                        "9 csv.malformed",
                        "10 csv.order-after-broken",
                        "11 E");
        assertThat(read(ImportKind.CONTACTS, "externalId,email\na,a@example.com\na,\"x\" y\na,c@example.com\n"))
                .containsExactly("2 a", "3 csv.malformed", "4 a");
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
