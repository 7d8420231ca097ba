package dev.afterword.web.inbox;

import dev.afterword.db.message.attachment.AttachedFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A file on its way to a browser, which saves it and never shows it, whatever it says to be; a picture that we wrote ourselves is one. */
final class FileAnswer {
    private FileAnswer() {}

    static ResponseEntity<ByteBuffer> of(AttachedFile file) {
        return file.attachment().picture()
                ? PhotoAnswer.of(file.bytes())
                : ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_OCTET_STREAM)
                        .cacheControl(CacheControl.maxAge(Duration.ofDays(1)).cachePrivate())
                        .headers(headers -> {
                            headers.setContentDisposition(ContentDisposition.attachment()
                                    .filename(file.attachment().name(), StandardCharsets.UTF_8)
                                    .build());
                            headers.set("X-Content-Type-Options", "nosniff");
                            headers.set(
                                    "Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
                        })
                        .body(file.bytes());
    }
}
