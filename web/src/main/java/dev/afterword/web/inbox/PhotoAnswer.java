package dev.afterword.web.inbox;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A photo on its way to a browser: a picture and nothing else, whatever may stand in it. */
final class PhotoAnswer {
    private PhotoAnswer() {}

    static ResponseEntity<ByteBuffer> of(ByteBuffer jpeg) {
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_JPEG)
                .cacheControl(CacheControl.maxAge(Duration.ofDays(1)).cachePrivate())
                .headers(headers -> {
                    headers.setContentDisposition(
                            ContentDisposition.inline().filename("photo.jpg").build());
                    headers.set("X-Content-Type-Options", "nosniff");
                    headers.set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
                })
                .body(jpeg);
    }
}
