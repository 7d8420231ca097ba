package dev.afterword.db;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * CSV (RFC 4180, or with semicolons or tabs) whose headers are dotted paths: {@code customer.email}; {@code line.sku} for a line of an order, whose neighbouring
 * rows with one {@code externalId} are one order, which is not taken in where one of them cannot be read; {@code customer.consents.news} with true or false for a consent; {@code codes} and {@code accessories} are
 * separated by {@code |}. An empty cell is none.
 */
final class CsvLines implements ImportLines {
    private static final Set<String> LISTS = Set.of("codes", "accessories");
    private static final Pattern WHOLE = Pattern.compile("^\"([^\"]*)\"$");
    private static final int MOST_COLUMNS = 500;
    private static final int MOST_ORDER_LINES = 1000;

    private final RawLines rows;
    private final ImportKind kind;
    private final JsonNodeFactory json = JsonNodeFactory.instance;
    private CSVFormat format = CSVFormat.RFC4180;
    private @Nullable List<String> header;
    private @Nullable Pending pending;

    /** The order of which a row could not be read, while its rows go on. */
    private @Nullable String broken;

    private boolean ended;

    CsvLines(ImportKind kind, InputStream in) {
        this.kind = kind;
        this.rows = new RawLines(in, true);
    }

    /** An order whose rows are not all read yet. */
    private record Pending(long number, String externalId, ObjectNode order, ArrayNode lines) {}

    /** The columns' names; otherwise {@code csv.no-header}, {@code csv.header-unreadable}, {@code csv.column-twice}. */
    @Override
    public List<String> header() throws IOException {
        if (header == null) {
            header = readHeader();
        }
        return header;
    }

    private List<String> readHeader() throws IOException {
        var raw = rows.next();
        if (raw == null) {
            throw new Rejected("csv.no-header", null);
        }
        var text = raw.text();
        if (text == null) {
            throw new Rejected("csv.header-unreadable", null);
        }
        char delimiter = CsvRows.delimiter(text);
        rows.delimitedBy(delimiter);
        format = CsvRows.format(delimiter);
        var seen = new HashSet<String>();
        var names = new ArrayList<String>();
        for (var cell : CsvRows.cells(text, format)) {
            var name = cell.strip();
            if (!name.isEmpty() && !seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new Rejected("csv.column-twice", name, name);
            }
            names.add(name);
        }
        if (names.size() > MOST_COLUMNS || !names.stream().allMatch(name -> name.matches("[\\w.@\\- ]{0,200}"))) {
            throw new Rejected("csv.header-unreadable", null);
        }
        return names;
    }

    @Override
    public List<Line> next() throws IOException {
        var names = header();
        var batch = new ArrayList<Line>();
        int bytes = 0;
        // However much is passed over for empty rows, or is one order: an empty batch would be the end.
        while (!ended && batch.size() < JsonLines.MOST_LINES && (bytes < JsonLines.MOST_BYTES || batch.isEmpty())) {
            var raw = rows.next();
            if (raw == null) {
                ended = true;
                finish(batch);
            } else {
                bytes = Math.min(JsonLines.MOST_BYTES, bytes + raw.bytes());
                take(names, raw, batch);
            }
        }
        return batch;
    }

    private void take(List<String> names, RawLines.Raw raw, List<Line> batch) {
        var text = raw.text();
        if (text == null) {
            breakOff(null, raw.number(), batch);
            batch.add(new Line(raw.number(), null, raw.problem()));
            return;
        }
        try {
            var row = row(names, CsvRows.cells(text, format));
            if (row.isEmpty()) {
                return;
            }
            if (kind == ImportKind.ORDERS) {
                order(raw.number(), row, batch);
            } else {
                batch.add(new Line(raw.number(), Fields.of(row), null));
            }
        } catch (Rejected problem) {
            breakOff(externalId(names, text), raw.number(), batch);
            batch.add(Line.failed(raw.number(), problem));
        }
    }

    /**
     * After a row that cannot be read: the order that it belongs to would lack a line, and its lines replace the known ones as a whole.
     *
     * @param externalId of the row's order; null where nobody can tell, and it may be the one before
     */
    private void breakOff(@Nullable String externalId, long number, List<Line> batch) {
        if (pending != null && pending.lines().isEmpty() && externalId == null) {
            finish(batch);
        } else if (pending != null && (externalId == null || externalId.equals(pending.externalId()))) {
            broken = pending.externalId();
            batch.add(Line.failed(pending.number(), new Rejected("csv.order-broken", null, broken, number)));
            pending = null;
        } else if (externalId != null) {
            finish(batch);
            broken = externalId;
        }
    }

    /** What a row that cannot be read names as its order; null where that cannot be read either. */
    private @Nullable String externalId(List<String> names, String text) {
        int column = names.indexOf("externalId");
        var cells = text.split(Pattern.quote(format.getDelimiterString()), -1);
        if (column < 0 || column >= cells.length) {
            return null;
        }
        for (int at = 0; at <= column; at++) {
            cells[at] = WHOLE.matcher(cells[at].strip()).replaceFirst("$1");
            if (cells[at].indexOf('"') >= 0) {
                return null;
            }
        }
        return cells[column].strip();
    }

    /** Neighbouring rows with one externalId are one order. */
    private void order(long number, ObjectNode row, List<Line> batch) {
        var externalId = row.path("externalId").asString("");
        var line = row.remove("line");
        if (externalId.equals(broken) && !externalId.isEmpty()) {
            batch.add(Line.failed(number, new Rejected("csv.order-after-broken", null, externalId)));
            return;
        }
        broken = null;
        if (pending == null || externalId.isEmpty() || !pending.externalId().equals(externalId)) {
            finish(batch);
            pending = new Pending(number, externalId, row, json.arrayNode());
        }
        if (line != null && pending.lines().size() <= MOST_ORDER_LINES) {
            pending.lines().add(line);
        }
    }

    private void finish(List<Line> batch) {
        if (pending != null) {
            if (!pending.lines().isEmpty()) {
                pending.order().set("lines", pending.lines());
            }
            batch.add(new Line(pending.number(), Fields.of(pending.order()), null));
            pending = null;
        }
    }

    private ObjectNode row(List<String> names, List<String> cells) {
        var row = json.objectNode();
        for (int i = 0; i < cells.size(); i++) {
            var cell = cells.get(i).strip();
            if (cell.isEmpty()) {
                continue;
            }
            if (i >= names.size()) {
                throw new Rejected("csv.too-many-cells", null, names.size(), cells.size());
            }
            if (!names.get(i).isEmpty()) {
                put(row, names.get(i), cell);
            }
        }
        return row;
    }

    private void put(ObjectNode row, String name, String cell) {
        var path = name.split("\\.", -1);
        var node = row;
        for (int i = 0; i < path.length - 1; i++) {
            if (path[i].equals("consents") && i == path.length - 2) {
                consents(node)
                        .addObject()
                        .put("purpose", path[i + 1])
                        .put("granted", cell)
                        .put("source", "csv");
                return;
            }
            var child = node.get(path[i]);
            if (child == null) {
                child = node.putObject(path[i]);
            }
            if (!(child instanceof ObjectNode object)) {
                throw new Rejected("csv.column-twice", name, name);
            }
            node = object;
        }
        var last = path[path.length - 1];
        if (LISTS.contains(last)) {
            var list = node.putArray(last);
            for (var item : cell.split("\\|", -1)) {
                if (!item.isBlank()) {
                    list.add(item.strip());
                }
            }
        } else {
            node.put(last, cell);
        }
    }

    private static ArrayNode consents(ObjectNode node) {
        return node.get("consents") instanceof ArrayNode known ? known : node.putArray("consents");
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
