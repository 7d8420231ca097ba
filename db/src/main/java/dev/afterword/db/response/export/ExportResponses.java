package dev.afterword.db.response.export;

import dev.afterword.db.Cursor;
import dev.afterword.db.First;
import dev.afterword.db.Key;
import dev.afterword.db.Leaf;
import dev.afterword.db.Transactions;
import dev.afterword.db.response.ListedResponse;
import dev.afterword.db.response.ListedResponses;
import dev.afterword.db.survey.Piped;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Surveys;
import io.r2dbc.pool.ConnectionPool;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes responses into a file as fast as it is taken, and no faster: pages by key in transactions of their own, on connections of their own, the oldest first.
 * A response that is answered anew while its file is written may stand in it twice; the later line is the newer.
 */
@Component
public class ExportResponses {
    private static final int ON_A_PAGE = 200;
    private static final Retry CONNECTIONS_TAKEN = Retry.backoff(5, Duration.ofMillis(200))
            .filter(CannotCreateTransactionException.class::isInstance)
            .onRetryExhaustedThrow((spec, signal) -> signal.failure());

    private final ListedResponses responses;
    private final AskedVersions versions;
    private final Surveys surveys;
    private final Transactions transactions;
    private final JsonMapper json;

    ExportResponses(
            Surveys surveys,
            AskedVersions versions,
            JsonMapper json,
            @Qualifier("bulkConnections") ConnectionPool connections) {
        this.responses = new ListedResponses(DatabaseClient.create(connections), json);
        this.transactions = new Transactions(connections);
        this.versions = versions;
        this.surveys = surveys;
        this.json = json;
    }

    /** The file in pieces. Whatever is wrong with what is wished is said before the first. */
    public Flux<byte[]> write(Export export) {
        return sheet(export)
                .flatMapMany(sheet ->
                        Flux.using(() -> open(export, sheet), file -> pieces(export, file), ExportFile::close));
    }

    private Mono<Sheet> sheet(Export export) {
        if (export.format() == ExportFormat.NDJSON) {
            return Mono.just(new Sheet(List.of()));
        }
        return versions.of(export.workspace().id(), export.filter().survey())
                .flatMap(asked -> items(export, asked).map(items -> Sheet.of(export, asked, items)));
    }

    private Mono<List<String>> items(Export export, List<SurveyVersion> asked) {
        var repeats = asked.stream()
                .map(SurveyVersion::definition)
                .anyMatch(definition -> definition.questions().stream().anyMatch(definition::isRepeated));
        return repeats
                ? transactions.run(responses.items(
                        export.workspace().id(), export.workspace().zone(), export.filter()))
                : Mono.just(List.of());
    }

    private ExportFile open(Export export, Sheet sheet) throws IOException {
        return switch (export.format()) {
            case CSV -> new CsvFile(sheet, export.byteOrderMark());
            case XLSX -> new XlsxFile(sheet, export.workspace().zone());
            case NDJSON -> new JsonFile(json, export);
        };
    }

    private Flux<byte[]> pieces(Export export, ExportFile file) {
        return pages(export)
                .publishOn(Schedulers.parallel(), 1)
                .concatMap(rows -> Mono.fromCallable(() -> file.rows(rows)), 1)
                .concatWith(Mono.fromCallable(file::end))
                .filter(piece -> piece.length > 0);
    }

    private Flux<List<Exported>> pages(Export export) {
        return page(export, null)
                .expand(leaf -> {
                    var older = leaf.older();
                    return older == null ? Mono.empty() : page(export, Cursor.decode(older));
                })
                .concatMap(leaf -> asked(export, leaf.items()), 1);
    }

    private Mono<Leaf<ListedResponse>> page(Export export, @Nullable Cursor cursor) {
        return transactions
                .run(responses.page(
                        export.workspace().id(),
                        export.workspace().zone(),
                        export.filter(),
                        First.OLDEST,
                        cursor,
                        ON_A_PAGE))
                .retryWhen(CONNECTIONS_TAKEN);
    }

    /** Each response beside the version that it answers; versions never change and are kept. */
    private Mono<List<Exported>> asked(Export export, List<ListedResponse> found) {
        var workspace = export.workspace();
        return Flux.fromStream(found.stream().map(ListedResponse::versionId).distinct())
                .concatMap(id -> surveys.version(new Key(workspace.id(), id)))
                .collectMap(version -> version.key().id())
                .map(byId -> {
                    var texts = new HashMap<UUID, Piped>();
                    return found.stream()
                            .map(response -> {
                                var version = byId.get(response.versionId());
                                if (version == null) {
                                    throw new IllegalStateException("a response without its version");
                                }
                                return Exported.of(
                                        response,
                                        version,
                                        texts.computeIfAbsent(
                                                response.versionId(),
                                                id -> Exported.texts(
                                                        version, export.language(), workspace.language())));
                            })
                            .toList();
                });
    }
}
