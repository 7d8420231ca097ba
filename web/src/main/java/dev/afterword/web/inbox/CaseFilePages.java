package dev.afterword.web.inbox;

import dev.afterword.db.inbox.CaseFiles;
import dev.afterword.web.Signed;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import reactor.core.publisher.Mono;

/** The files of cases, for staff. */
@Controller
class CaseFilePages {
    private final CaseFiles files;

    CaseFilePages(CaseFiles files) {
        this.files = files;
    }

    @GetMapping("/w/{code}/inbox/files/{id}")
    Mono<ResponseEntity<ByteBuffer>> show(Signed signed, @PathVariable UUID id) {
        return files.file(signed.key(id)).map(FileAnswer::of);
    }
}
