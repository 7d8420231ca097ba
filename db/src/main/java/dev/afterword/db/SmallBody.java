package dev.afterword.db;

import java.io.ByteArrayOutputStream;
import java.util.function.Supplier;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What somebody sends, as a whole in memory: for files that are small by their nature. */
public final class SmallBody {
    private SmallBody() {}

    /**
     * All of its bytes; none where nothing is sent. What is more than the bound is read to its end and forgotten, because a sender that is cut off does not
     * read the answer.
     *
     * @param most the bound in bytes
     * @param tooLarge the error where it is more
     */
    public static Mono<byte[]> read(Flux<DataBuffer> body, int most, Supplier<Rejected> tooLarge) {
        return body.collect(() -> new Taken(most), Taken::add).map(taken -> taken.orThrow(tooLarge));
    }

    /** What has come so far, but never more than the bound. */
    private static final class Taken {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final int most;
        private boolean tooLarge;

        private Taken(int most) {
            this.most = most;
        }

        private void add(DataBuffer buffer) {
            try {
                tooLarge |= bytes.size() + buffer.readableByteCount() > most;
                if (tooLarge) {
                    bytes.reset();
                    return;
                }
                var piece = new byte[buffer.readableByteCount()];
                buffer.read(piece);
                bytes.writeBytes(piece);
            } finally {
                DataBufferUtils.release(buffer);
            }
        }

        private byte[] orThrow(Supplier<Rejected> error) {
            if (tooLarge) {
                throw error.get();
            }
            return bytes.toByteArray();
        }
    }
}
