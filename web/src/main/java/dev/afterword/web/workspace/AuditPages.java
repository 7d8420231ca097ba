package dev.afterword.web.workspace;

import dev.afterword.db.workspace.AuditLog;
import dev.afterword.web.Signed;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The audit log: who changed what, and who looked at whom; as a list and as a file. */
@Controller
class AuditPages {
    private static final int ON_A_PAGE = 50;
    private static final String HEAD = "position,id,at,staff,apiKey,permission,changed,place,subjects,status,hash\r\n";

    private final AuditLog log;

    AuditPages(AuditLog log) {
        this.log = log;
    }

    @GetMapping("/w/{code}/settings/audit")
    Mono<Rendering> show(Signed signed, @RequestParam(required = false) @Nullable UUID before) {
        return log.page(signed.workspace().id(), before, ON_A_PAGE + 1).map(lines -> {
            var more = lines.size() > ON_A_PAGE;
            var shown = more ? lines.subList(0, ON_A_PAGE) : lines;
            return Rendering.view("workspace/audit")
                    .modelAttribute("lines", shown)
                    .modelAttribute("first", before == null)
                    .modelAttribute("older", more ? shown.getLast().entry().id().toString() : "")
                    .build();
        });
    }

    /** With the position and hash of each, by which anybody can compute the line again. */
    @GetMapping("/w/{code}/settings/audit/export")
    ResponseEntity<Flux<DataBuffer>> export(Signed signed) {
        var rows = log.all(signed.workspace().id()).map(AuditPages::row);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/csv;charset=UTF-8"))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("audit.csv")
                                .build()
                                .toString())
                .body(Flux.concat(Flux.just(HEAD), rows)
                        .map(text ->
                                DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static String row(AuditLog.Line line) {
        var entry = line.entry();
        return Stream.of(
                        text(line.position()),
                        entry.id().toString(),
                        entry.at().toString(),
                        text(entry.staffId()),
                        text(entry.apiKeyId()),
                        entry.permission(),
                        String.valueOf(entry.changed()),
                        entry.place(),
                        entry.subjects(),
                        String.valueOf(entry.status()),
                        text(line.hash()))
                .map(value -> '"' + value.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
