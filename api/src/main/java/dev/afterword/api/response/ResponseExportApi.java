package dev.afterword.api.response;

import dev.afterword.api.Caller;
import dev.afterword.db.response.ResponseFilter;
import dev.afterword.db.response.export.Export;
import dev.afterword.db.response.export.ExportFormat;
import dev.afterword.db.response.export.ExportResponses;
import dev.afterword.db.response.export.WriteCodeBook;
import dev.afterword.db.workspace.Permission;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Gives responses as a file, streamed: as fast as the caller takes it, and never as a whole in memory. */
@RestController
@Tag(name = "Responses")
class ResponseExportApi {
    private final ExportResponses exports;
    private final WriteCodeBook codeBook;
    private final Workspaces workspaces;
    private final ResponseFilters filters;

    ResponseExportApi(ExportResponses exports, WriteCodeBook codeBook, Workspaces workspaces, ResponseFilters filters) {
        this.exports = exports;
        this.codeBook = codeBook;
        this.workspaces = workspaces;
        this.filters = filters;
    }

    @GetMapping("/api/v1/responses/export")
    @Operation(
            summary = "Responses as a file",
            description =
                    "The filters are those of the list. format is csv, xlsx or ndjson. CSV and XLSX have one column for each place of an answer, named answers.question, answers.question.row for the row of a matrix, answers.question@2 for the second line of the order, answers.question.other for what was typed beside “other”; chosen and ranked options are joined by ;. An empty cell was not shown, [skipped] was shown and left empty, n/a does not apply. With labels=true options and headings are words in the language (else the workspace’s) instead of keys. Text in CSV that begins like a formula has an apostrophe before it. The oldest come first; a response that is answered anew while the file is written may stand in it twice, with one id, and the later line is the newer. A file that breaks off was not written to its end.")
    Mono<ResponseEntity<Flux<DataBuffer>>> export(
            Caller caller,
            @RequestParam(defaultValue = "csv") String format,
            @RequestParam(defaultValue = "false") boolean labels,
            @RequestParam(required = false) @Nullable String language,
            @RequestParam(required = false) @Nullable String survey,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String band,
            @RequestParam(required = false) @Nullable String order,
            @RequestParam(required = false) @Nullable String text,
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(required = false) @Nullable String standing,
            @RequestParam(required = false) @Nullable String mark,
            @RequestParam(required = false) @Nullable String topic,
            @RequestParam(required = false) @Nullable String tag) {
        var chosen = ExportFormat.of(format);
        return Mono.zip(
                        workspaces.findById(caller.workspaceId()),
                        filters.of(
                                caller.workspaceId(),
                                survey,
                                from,
                                to,
                                band,
                                caller.may(Permission.SEE_CUSTOMERS) ? order : null,
                                text,
                                stage,
                                standing,
                                mark,
                                topic,
                                tag))
                .map(read -> file(wish(caller, read.getT1(), read.getT2(), chosen, labels, language)));
    }

    @GetMapping(path = "/api/v1/responses/codebook", produces = "text/csv")
    @Operation(
            summary = "What columns and codes mean",
            description =
                    "CSV with a line for each column of a survey’s exports and for each code in it: type, scale, words in every language, and the versions that asked it so.")
    Mono<ResponseEntity<byte[]>> codeBook(Caller caller, @RequestParam String survey) {
        return workspaces
                .findById(caller.workspaceId())
                .flatMap(workspace -> codeBook.write(workspace, survey, false))
                .map(bytes -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType(ExportFormat.CSV.mediaType()))
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                ContentDisposition.attachment()
                                        .filename("codebook.csv")
                                        .build()
                                        .toString())
                        .body(bytes));
    }

    private static Export wish(
            Caller caller,
            Workspace workspace,
            ResponseFilter filter,
            ExportFormat format,
            boolean labels,
            @Nullable String language) {
        return new Export(
                workspace,
                filter,
                format,
                labels,
                language == null || language.isBlank() ? workspace.language() : language,
                caller.may(Permission.SEE_CUSTOMERS),
                false);
    }

    private ResponseEntity<Flux<DataBuffer>> file(Export export) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(export.format().mediaType()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("responses." + export.format().code())
                                .build()
                                .toString())
                .body(exports.write(export).map(DefaultDataBufferFactory.sharedInstance::wrap));
    }
}
