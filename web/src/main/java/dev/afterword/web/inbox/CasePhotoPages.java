package dev.afterword.web.inbox;

import dev.afterword.db.inbox.CasePhotos;
import dev.afterword.web.Signed;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import reactor.core.publisher.Mono;

/** The photos of cases, for staff. */
@Controller
class CasePhotoPages {
    private final CasePhotos photos;

    CasePhotoPages(CasePhotos photos) {
        this.photos = photos;
    }

    @GetMapping("/w/{code}/inbox/photos/{id}")
    Mono<ResponseEntity<ByteBuffer>> show(Signed signed, @PathVariable UUID id) {
        return photos.bytes(signed.key(id)).map(PhotoAnswer::of);
    }
}
