package dev.afterword.web.workspace;

import dev.afterword.db.workspace.AuditLog;
import dev.afterword.web.Signed;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
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
import tools.jackson.databind.json.JsonMapper;

/** The audit log: who changed what, and who looked at whom; as a list and as a file. */
@Controller
class AuditPages {
    private static final int ON_A_PAGE = 50;
    private static final String HEAD = "position,id,at,staff,apiKey,permission,changed,place,subjects,status,hash\r\n";

    private final AuditLog log;
    private final JsonMapper json;

    AuditPages(AuditLog log, JsonMapper json) {
        this.log = log;
        this.json = json;
    }

    /** @param did changed or looked; anything else is both */
    @GetMapping("/w/{code}/settings/audit")
    Mono<Rendering> show(
            Signed signed,
            @RequestParam(required = false) @Nullable UUID before,
            @RequestParam(required = false) @Nullable UUID who,
            @RequestParam(defaultValue = "") String did) {
        var changed = did.equals("changed") ? Boolean.TRUE : did.equals("looked") ? Boolean.FALSE : null;
        return log.page(signed.workspace().id(), before, who, changed, ON_A_PAGE + 1)
                .map(lines -> {
                    var more = lines.size() > ON_A_PAGE;
                    var shown = more ? lines.subList(0, ON_A_PAGE) : lines;
                    return Rendering.view("workspace/audit")
                            .modelAttribute("lines", shown)
                            .modelAttribute(
                                    "places",
                                    shown.stream().map(AuditPages::place).toList())
                            .modelAttribute("who", who == null ? "" : who.toString())
                            .modelAttribute("did", changed == null ? "" : did)
                            .modelAttribute("first", before == null)
                            .modelAttribute(
                                    "older", more ? shown.getLast().entry().id().toString() : "")
                            .build();
                });
    }

    /** The address as staff see it: without the workspace, with a gap where what stands beside it stood, and without the two methods of pages, which are told by what was done. */
    private static String place(AuditLog.Line line) {
        return line.entry()
                .place()
                .replaceFirst("^(?:GET|POST) /w/", "/w/")
                .replaceFirst("/w/\\{[^}]*}", "")
                .replaceAll("\\{[^}]*}", "…");
    }

    /** With the position and hash of each, by which anybody can compute the line again; as CSV, or as {@code format=ndjson}. */
    @GetMapping("/w/{code}/settings/audit/export")
    ResponseEntity<Flux<DataBuffer>> export(Signed signed, @RequestParam(defaultValue = "csv") String format) {
        var lines = log.all(signed.workspace().id());
        return format.equals("ndjson")
                ? file("application/x-ndjson", "audit.ndjson", lines.map(this::object))
                : file("text/csv;charset=UTF-8", "audit.csv", Flux.concat(Flux.just(HEAD), lines.map(AuditPages::row)));
    }

    private static ResponseEntity<Flux<DataBuffer>> file(String type, String name, Flux<String> text) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(type))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(text.map(
                        part -> DefaultDataBufferFactory.sharedInstance.wrap(part.getBytes(StandardCharsets.UTF_8))));
    }

    private String object(AuditLog.Line line) {
        var entry = line.entry();
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("position", line.position());
        fields.put("id", entry.id());
        fields.put("at", entry.at());
        fields.put("staff", entry.staffId());
        fields.put("apiKey", entry.apiKeyId());
        fields.put("permission", entry.permission());
        fields.put("changed", entry.changed());
        fields.put("place", entry.place());
        fields.put("subjects", entry.subjects());
        fields.put("status", entry.status());
        fields.put("hash", line.hash());
        return json.writeValueAsString(fields) + "\n";
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
