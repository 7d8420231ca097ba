package dev.afterword.web.order;

import dev.afterword.db.ImportKind;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.response.ImportRuns;
import dev.afterword.web.Flash;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;

/** Upload a file, see what was recognised, import it, and come back to see how far it has come. */
@Controller
class ImportPages {
    private static final String LIST = "/w/{code}/settings/import";
    private static final String ONE = LIST + "/{id}";
    private static final int SHOWN = 20;

    private final ImportRuns runs;
    private final KeepUpload keepUpload;
    private final ImportPreviews previews;
    private final MappingPreviews mappings;
    private final FailuresFile failuresFile;
    private final Clock clock;

    ImportPages(
            ImportRuns runs,
            KeepUpload keepUpload,
            ImportPreviews previews,
            MappingPreviews mappings,
            FailuresFile failuresFile,
            Clock clock) {
        this.runs = runs;
        this.keepUpload = keepUpload;
        this.previews = previews;
        this.mappings = mappings;
        this.failuresFile = failuresFile;
        this.clock = clock;
    }

    @GetMapping(LIST)
    Mono<Rendering> list(Signed signed) {
        return list(signed, null);
    }

    private Mono<Rendering> list(Signed signed, @Nullable Rejected problem) {
        allowed(signed);
        return runs.latest(signed.workspace().id(), SHOWN).map(latest -> {
            var page = Rendering.view("order/imports")
                    .modelAttribute("kinds", List.of(ImportKind.values()))
                    .modelAttribute("runs", latest);
            return (problem == null
                            ? page
                            : page.modelAttribute("problem", problem.code()).status(HttpStatus.UNPROCESSABLE_CONTENT))
                    .build();
        });
    }

    @PostMapping(path = LIST, consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Mono<Rendering> upload(Signed signed, @RequestPart String kind, @RequestPart FilePart file) {
        allowed(signed);
        var key = Key.next(signed.workspace().id());
        return Mono.defer(() -> keepUpload.keep(key, kind, file, signed.staffId(), clock.instant()))
                .thenReturn(redirect(signed, key.id()))
                .onErrorResume(Rejected.class, problem -> list(signed, problem));
    }

    /** The whole page, or, asked by htmx, the part that moves. */
    @GetMapping(ONE)
    Mono<Rendering> show(
            Signed signed,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String survey,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String fragment) {
        allowed(signed);
        var view = fragment == null ? "order/import" : "order/_run :: run";
        return runs.find(signed.key(id))
                .flatMap(run -> mappings.of(run, signed.workspace(), survey)
                        .map(table -> Map.of("run", run, "table", table))
                        .switchIfEmpty(Mono.defer(
                                () -> previews.of(run).map(preview -> Map.of("run", run, "preview", preview)))))
                .map(model -> Rendering.view(view).model(model).build());
    }

    /** Keeps what the columns are said to be; or guesses anew, for another survey. */
    @PostMapping(ONE + "/mapping")
    Mono<Rendering> map(Signed signed, @PathVariable UUID id, Form form) {
        allowed(signed);
        var here = signed.path("/settings/import/" + id);
        return form.value("again").isEmpty()
                ? runs.map(signed.key(id), MappingForm.read(form, signed.workspace()))
                        .thenReturn(redirect(signed, id))
                : Mono.just(Rendering.redirectTo(
                                here + "?survey=" + UriUtils.encode(form.value("survey"), StandardCharsets.UTF_8))
                        .build());
    }

    @PostMapping(ONE + "/start")
    Mono<Rendering> start(Signed signed, @PathVariable UUID id, Form form) {
        allowed(signed);
        var key = signed.key(id);
        if (form.value("survey").isEmpty()) {
            return runs.queue(key).thenReturn(redirect(signed, id));
        }
        var mapping = MappingForm.read(form, signed.workspace());
        return runs.map(key, mapping)
                .then(mapping.problem() == null ? runs.queue(key) : Mono.empty())
                .thenReturn(redirect(signed, id));
    }

    @PostMapping(ONE + "/discard")
    Mono<Rendering> discard(Signed signed, @PathVariable UUID id, ServerWebExchange exchange) {
        allowed(signed);
        return runs.discard(signed.key(id)).then(Mono.fromSupplier(() -> {
            Flash.say(exchange, "import.discarded");
            return Rendering.redirectTo(signed.path("/settings/import")).build();
        }));
    }

    @GetMapping(ONE + "/failures.csv")
    Mono<ResponseEntity<byte[]>> failures(Signed signed, @PathVariable UUID id) {
        allowed(signed);
        return runs.find(signed.key(id))
                .map(run -> ResponseEntity.ok()
                        .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                ContentDisposition.attachment()
                                        .filename("failures.csv")
                                        .build()
                                        .toString())
                        .body(failuresFile.of(run.report())));
    }

    private static Rendering redirect(Signed signed, UUID id) {
        return Rendering.redirectTo(signed.path("/settings/import/" + id)).build();
    }

    private static void allowed(Signed signed) {
        if (!signed.role().mayConfigure()) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
    }
}
