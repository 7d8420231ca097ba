package dev.afterword.api.order;

import dev.afterword.api.Caller;
import dev.afterword.api.ProblemResponses;
import dev.afterword.db.ImportKind;
import dev.afterword.db.ImportLines.Format;
import dev.afterword.db.ImportReport;
import dev.afterword.db.NotFound;
import dev.afterword.db.response.RunImport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes imports as a stream: no faster than the database takes them, and never as a whole in memory. */
@RestController
@Tag(name = "Imports")
class ImportApi {
    private static final String CSV = "text/csv";
    private static final int BUFFERS = 8;

    private final RunImport runImport;
    private final ProblemResponses problems;
    private final Duration patience;

    /** @param patience for how long a sender may be silent: one who has vanished without a word would keep others from importing */
    ImportApi(
            RunImport runImport,
            ProblemResponses problems,
            @Value("${afterword.imports.patience:60s}") Duration patience) {
        this.runImport = runImport;
        this.problems = problems;
        this.patience = patience;
    }

    @PostMapping(path = "/api/v1/imports/{kind}", consumes = CSV)
    @Operation(
            summary = "Import CSV",
            description =
                    "The first line names the columns by dotted paths, as customer.email, line.sku or answers.satisfaction; customer.consents.news holds true or false; codes and accessories are separated by |. Neighbouring rows with one externalId are one order, of which nothing is taken in where one of them cannot be read.",
            requestBody = @RequestBody(content = @Content(mediaType = CSV, schema = @Schema(type = "string"))))
    Mono<Report> importCsv(Caller caller, @PathVariable String kind, ServerHttpRequest request) {
        return run(caller.workspaceId(), kind, Format.CSV, request);
    }

    @PostMapping(
            path = "/api/v1/imports/{kind}",
            consumes = {"application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"})
    @Operation(
            summary = "Import newline-delimited JSON",
            description =
                    "One object a line, at most 1 MB each; kind is orders, responses, contacts or products. Lines are committed 500 at a time; a line that fails loses no other; an import that was cut off may be sent again.",
            requestBody =
                    @RequestBody(
                            content = @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string"))))
    Mono<Report> importJson(Caller caller, @PathVariable String kind, ServerHttpRequest request) {
        return run(caller.workspaceId(), kind, Format.NDJSON, request);
    }

    private Mono<Report> run(UUID workspaceId, String code, Format format, ServerHttpRequest request) {
        return Mono.justOrEmpty(ImportKind.find(code))
                .switchIfEmpty(Mono.error(() -> new NotFound("import.kind-unknown", code)))
                .flatMap(kind -> runImport
                        .run(
                                workspaceId,
                                kind,
                                format,
                                () -> DataBufferUtils.subscriberInputStream(body(request), BUFFERS))
                        .last())
                .map(this::report);
    }

    /** One who falls silent is cut off. */
    private Flux<DataBuffer> body(ServerHttpRequest request) {
        return request.getBody()
                .timeout(patience)
                .onErrorMap(TimeoutException.class, silent -> new IOException("the sender fell silent", silent));
    }

    /** What an import did; the first 1,000 failures are listed. */
    @Schema(name = "ImportReport")
    record Report(long lines, long created, long updated, long unchanged, long failed, List<Failure> failures) {}

    /** Why a line failed. */
    @Schema(name = "ImportFailure")
    record Failure(long line, @Nullable String field, String code, String reason) {}

    private Report report(ImportReport report) {
        return new Report(
                report.lines(),
                report.created(),
                report.updated(),
                report.unchanged(),
                report.failed(),
                report.failures().stream()
                        .map(failure -> new Failure(
                                failure.line(),
                                failure.field(),
                                failure.code(),
                                problems.text(failure.code(), failure.arguments())))
                        .toList());
    }
}
