package dev.afterword.web.order;

import dev.afterword.db.ImportKind;
import dev.afterword.db.ImportLines.Format;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.response.ImportRuns;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Keeps an uploaded file in pieces, as it arrives. */
@Component
class KeepUpload {
    private static final int PIECE = 256 << 10;

    private final ImportRuns runs;

    KeepUpload(ImportRuns runs) {
        this.runs = runs;
    }

    Mono<Void> keep(Key key, String kindCode, FilePart file, UUID staffId, Instant now) {
        var kind = ImportKind.find(kindCode).orElseThrow(() -> new Rejected("import.kind-unknown", "kind", kindCode));
        if (file.filename().isBlank()) {
            throw new Rejected("import.no-file", "file");
        }
        var number = new AtomicInteger();
        var bytes = new AtomicLong();
        return runs.begin(key, kind, format(file.filename()), name(file.filename()), staffId, now)
                .thenMany(file.content().bufferUntil(full()))
                .map(KeepUpload::joined)
                .concatMap(piece -> {
                    bytes.addAndGet(piece.length);
                    return runs.append(key, number.getAndIncrement(), piece);
                })
                .then(Mono.defer(() -> runs.uploaded(key, bytes.get())));
    }

    private static Predicate<DataBuffer> full() {
        var size = new AtomicInteger();
        return buffer -> {
            if (size.addAndGet(buffer.readableByteCount()) < PIECE) {
                return false;
            }
            size.set(0);
            return true;
        };
    }

    private static byte[] joined(List<DataBuffer> buffers) {
        var joined = DefaultDataBufferFactory.sharedInstance.join(buffers.stream()
                .map(buffer -> {
                    var bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
                })
                .toList());
        var bytes = new byte[joined.readableByteCount()];
        joined.read(bytes);
        return bytes;
    }

    private static Format format(String fileName) {
        var lower = fileName.toLowerCase(Locale.ROOT);
        return lower.endsWith("json") || lower.endsWith(".jsonl") ? Format.NDJSON : Format.CSV;
    }

    private static String name(String fileName) {
        var plain = fileName.replaceAll("[\\p{Cntrl}]", "");
        return plain.length() <= 200 ? plain : plain.substring(0, 200);
    }
}
