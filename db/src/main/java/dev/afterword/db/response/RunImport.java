package dev.afterword.db.response;

import dev.afterword.db.Fields;
import dev.afterword.db.ImportKind;
import dev.afterword.db.ImportLines;
import dev.afterword.db.ImportLines.Line;
import dev.afterword.db.ImportReport;
import dev.afterword.db.LineResult;
import dev.afterword.db.Problem;
import dev.afterword.db.Rejected;
import dev.afterword.db.contact.ContactData;
import dev.afterword.db.contact.ImportContacts;
import dev.afterword.db.order.ImportOrders;
import dev.afterword.db.order.ImportProducts;
import dev.afterword.db.order.OrderData;
import dev.afterword.db.order.ProductData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Runs one import from its first byte to its last, in constant memory: reads as fast as it can write, and commits every 500 lines. */
@Component
public class RunImport implements DisposableBean {
    private static final int AT_ONCE = 8;
    private static final int WAITING = 64;

    private final ImportOrders orders;
    private final ImportContacts contacts;
    private final ImportProducts products;
    private final ImportResponses responses;

    /** Reading blocks while bytes are on their way; more imports than this wait for their turn. */
    private final Scheduler readers = Schedulers.newBoundedElastic(AT_ONCE, WAITING, "import");

    RunImport(ImportOrders orders, ImportContacts contacts, ImportProducts products, ImportResponses responses) {
        this.orders = orders;
        this.contacts = contacts;
        this.products = products;
        this.responses = responses;
    }

    /**
     * What the import has done so far, after each commit; the last one is the whole. What was committed stays when it is cut off, and may be sent again.
     *
     * @param in closed at the end; read on a thread that may block
     */
    public Flux<ImportReport> run(
            UUID workspaceId, ImportKind kind, ImportLines.Format format, Supplier<InputStream> in) {
        return run(workspaceId, kind, () -> ImportLines.open(format, kind, in.get()));
    }

    /** The same from lines of any kind, which are opened and read on a thread that may block. */
    public Flux<ImportReport> run(UUID workspaceId, ImportKind kind, Supplier<ImportLines> opened) {
        return Flux.<List<Line>, ImportLines>generate(
                        opened::get,
                        (lines, sink) -> {
                            var next = next(lines);
                            if (next.isEmpty()) {
                                sink.complete();
                            } else {
                                sink.next(next);
                            }
                            return lines;
                        },
                        RunImport::close)
                .map(lines -> prepare(workspaceId, kind, lines))
                .subscribeOn(readers)
                .concatMap(batch -> batch.write().map(results -> new Written(batch.numbers(), results)), 1)
                .scan(ImportReport.EMPTY, (report, written) -> report.and(written.numbers(), written.results()));
    }

    private record Batch(List<Long> numbers, Mono<List<LineResult>> write) {}

    private record Written(List<Long> numbers, List<LineResult> results) {}

    /** What is wrong with each line, null where nothing is, without writing anything: for a preview. */
    public static List<@Nullable Problem> check(ImportKind kind, List<Line> lines) {
        Function<Fields, Object> parse = fields -> switch (kind) {
            case ORDERS -> OrderData.of(fields);
            case CONTACTS -> ContactData.of(fields, null);
            case PRODUCTS -> ProductData.of(fields);
            case RESPONSES -> PastResponse.of(fields);
        };
        var problems = new ArrayList<@Nullable Problem>();
        lines.forEach(line -> problems.add(parse(line, parse).problem()));
        return problems;
    }

    private Batch prepare(UUID workspaceId, ImportKind kind, List<Line> lines) {
        return switch (kind) {
            case ORDERS -> prepare(lines, OrderData::of, sent -> orders.write(workspaceId, sent, true));
            case CONTACTS ->
                prepare(lines, fields -> ContactData.of(fields, null), sent -> contacts.write(workspaceId, sent));
            case PRODUCTS -> prepare(lines, ProductData::of, sent -> products.write(workspaceId, sent));
            case RESPONSES -> prepare(lines, PastResponse::of, sent -> responses.write(workspaceId, sent));
        };
    }

    private static <C> Batch prepare(
            List<Line> lines, Function<Fields, C> parse, Function<List<C>, Mono<List<LineResult>>> write) {
        var parsed = lines.stream().map(line -> parse(line, parse)).toList();
        var good = parsed.stream().flatMap(one -> one.command().stream()).toList();
        return new Batch(
                lines.stream().map(Line::number).toList(),
                Mono.defer(() -> write.apply(good)).map(results -> {
                    var written = results.iterator();
                    return parsed.stream()
                            .map(one -> one.problem() == null ? written.next() : LineResult.failed(one.problem()))
                            .toList();
                }));
    }

    private record Parsed<C>(List<C> command, @Nullable Problem problem) {}

    private static <C> Parsed<C> parse(Line line, Function<Fields, C> parse) {
        if (line.fields() == null) {
            return new Parsed<>(
                    List.of(), line.problem() == null ? new Rejected("json.malformed", null, "") : line.problem());
        }
        try {
            return new Parsed<>(List.of(parse.apply(line.fields())), null);
        } catch (Problem problem) {
            return new Parsed<>(List.of(), problem);
        }
    }

    private static List<Line> next(ImportLines lines) {
        try {
            return lines.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(ImportLines lines) {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void destroy() {
        readers.dispose();
    }
}
