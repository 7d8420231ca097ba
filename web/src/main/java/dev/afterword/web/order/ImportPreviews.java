package dev.afterword.web.order;

import dev.afterword.db.ImportKind;
import dev.afterword.db.ImportLines;
import dev.afterword.db.ImportLines.Line;
import dev.afterword.db.Rejected;
import dev.afterword.db.response.ImportRun;
import dev.afterword.db.response.ImportRun.State;
import dev.afterword.db.response.ImportRuns;
import dev.afterword.db.response.RunImport;
import dev.afterword.web.order.ImportPreview.Column;
import dev.afterword.web.order.ImportPreview.Row;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the beginning of an uploaded file, to show what was recognised and what is wrong. */
@Component
class ImportPreviews {
    private static final int PIECES = 4;
    private static final int ROWS = 10;
    private static final int LONGEST = 240;
    private static final String PERSON =
            "(externalId|email|name|locale|timeZone|country|attributes(\\..+)?|consents(\\.(questions|tips|news|service))?)";
    private static final Pattern ORDER = Pattern.compile(
            "externalId|updatedAt|status|placedAt|shippedAt|deliveredAt|promisedAt|total(\\.(amount|currency))?|channel|country|carrier|codes|test|attributes(\\..+)?|customer(\\."
                    + PERSON
                    + ")?|lines|line\\.(externalId|sku|name|category|quantity|unitPrice|productUrl|imageUrl|supplier|returnedQuantity|returnedAt)");
    private static final Pattern CONTACT = Pattern.compile(PERSON + "|updatedAt");
    private static final Pattern PRODUCT =
            Pattern.compile("sku|name|category|imageUrl|supplier|accessories|replaces|usefulDays|updatedAt");
    private static final Pattern RESPONSE =
            Pattern.compile("externalId|survey|order(\\.externalId)?|askedAt|answeredAt|language|answers(\\..+)?");

    private final ImportRuns runs;

    ImportPreviews(ImportRuns runs) {
        this.runs = runs;
    }

    /** The preview of a file that waits to be imported; for any other an empty one. */
    Mono<ImportPreview> of(ImportRun run) {
        if (run.state() != State.UPLOADED) {
            return Mono.just(ImportPreview.NONE);
        }
        return Flux.range(0, PIECES)
                .concatMap(number -> runs.chunk(run.key(), number))
                .collect(ByteArrayOutputStream::new, ByteArrayOutputStream::writeBytes)
                .map(beginning -> read(run, beginning.toByteArray()));
    }

    private static ImportPreview read(ImportRun run, byte[] beginning) {
        try (var lines = ImportLines.open(run.format(), run.kind(), new ByteArrayInputStream(beginning))) {
            var names = lines.header();
            var first = lines.next();
            // The piece may end in the middle of its last line.
            var whole = beginning.length < run.bytes() && first.size() > 1 ? first.subList(0, first.size() - 1) : first;
            var problems = RunImport.check(run.kind(), whole);
            var rows = new ArrayList<Row>();
            for (int i = 0; i < Math.min(ROWS, whole.size()); i++) {
                rows.add(new Row(whole.get(i).number(), text(whole.get(i)), problems.get(i)));
            }
            return new ImportPreview(
                    columns(run.kind(), names.isEmpty() ? namesOfFirst(whole) : names), rows, null, whole.size(), (int)
                            problems.stream().filter(Objects::nonNull).count());
        } catch (Rejected problem) {
            return new ImportPreview(List.of(), List.of(), problem, 0, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> namesOfFirst(List<Line> lines) {
        return lines.stream()
                .map(Line::fields)
                .filter(Objects::nonNull)
                .findFirst()
                .map(fields -> fields.names())
                .orElse(List.of());
    }

    private static List<Column> columns(ImportKind kind, List<String> names) {
        var known = switch (kind) {
            case ORDERS -> ORDER;
            case CONTACTS -> CONTACT;
            case PRODUCTS -> PRODUCT;
            case RESPONSES -> RESPONSE;
        };
        return names.stream()
                .filter(name -> !name.isEmpty())
                .map(name -> new Column(name, known.matcher(name).matches()))
                .toList();
    }

    private static String text(Line line) {
        var text = line.fields() == null ? "" : line.fields().toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
