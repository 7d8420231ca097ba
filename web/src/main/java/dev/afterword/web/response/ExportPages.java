package dev.afterword.web.response;

import dev.afterword.db.response.export.Export;
import dev.afterword.db.response.export.ExportFormat;
import dev.afterword.db.response.export.ExportResponses;
import dev.afterword.db.response.export.WriteCodeBook;
import dev.afterword.web.Signed;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Downloads of what the list shows, however much it is, and of what its columns mean. Those who may not see customers get files without them. */
@Controller
class ExportPages {
    private final ExportResponses exports;
    private final WriteCodeBook codeBook;
    private final Clock clock;

    ExportPages(ExportResponses exports, WriteCodeBook codeBook, Clock clock) {
        this.exports = exports;
        this.codeBook = codeBook;
        this.clock = clock;
    }

    @GetMapping("/w/{workspace}/responses/export")
    ResponseEntity<Flux<DataBuffer>> export(
            Signed signed,
            @ModelAttribute ResponseQuery query,
            @RequestParam(defaultValue = "csv") String format,
            @RequestParam(defaultValue = "false") boolean labels) {
        var people = signed.role().maySeeCustomers();
        var workspace = signed.workspace();
        var chosen = ExportFormat.of(format);
        var export = new Export(workspace, query.filter(people), chosen, labels, workspace.language(), people, true);
        return attachment("responses-" + today(signed) + "." + chosen.code(), chosen)
                .body(exports.write(export).map(DefaultDataBufferFactory.sharedInstance::wrap));
    }

    @GetMapping("/w/{workspace}/responses/codebook")
    Mono<ResponseEntity<byte[]>> codeBook(Signed signed, @RequestParam String survey) {
        return codeBook.write(signed.workspace(), survey, true)
                .map(bytes -> attachment("codebook-" + survey + ".csv", ExportFormat.CSV)
                        .body(bytes));
    }

    private LocalDate today(Signed signed) {
        return LocalDate.ofInstant(clock.instant(), signed.workspace().zone());
    }

    private static ResponseEntity.BodyBuilder attachment(String name, ExportFormat format) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(format.mediaType()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString());
    }
}
