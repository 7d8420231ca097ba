package dev.afterword.db.contact.erasure;

import dev.afterword.db.Unavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The erasures outside the database, one JSON object a line: after the restore of an older dump they are done again. It holds ids and keyed hashes, and the
 * sealed key of those; nothing that names anybody.
 */
@Component
class ErasureFile {
    private static final Logger LOG = LoggerFactory.getLogger(ErasureFile.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final @Nullable Path path;

    ErasureFile(@Value("${afterword.erasures:}") String path) {
        this.path = path.isBlank() ? null : Path.of(path);
    }

    /**
     * One erasure.
     *
     * @param workspace its code
     * @param address keyed hash in hexadecimal
     */
    record Line(
            String workspace,
            UUID contact,
            @Nullable String address,
            @Nullable String externalId,
            Instant at) {}

    /**
     * What the file holds.
     *
     * @param key sealed, in hexadecimal; null where there is none yet
     */
    record Content(@Nullable String key, List<Line> lines) {}

    private record Stored(@Nullable String key, @Nullable Line erased) {}

    /** Whether the operator has said where the file is. */
    boolean kept() {
        return path != null;
    }

    /** Appends a line, on the disk when this completes; otherwise {@code erasure.file}, and nobody is erased. */
    Mono<Void> append(byte[] key, Line line) {
        var file = path;
        return file == null
                ? Mono.empty()
                : blocking(() -> write(file, key, line)).then();
    }

    private static boolean write(Path file, byte[] key, Line line) throws IOException {
        var text = new StringBuilder();
        if (cutOff(file)) {
            text.append('\n');
        }
        if (!hasKey(file)) {
            text.append(JSON.writeValueAsString(new Stored(HexFormat.of().formatHex(key), null)))
                    .append('\n');
        }
        text.append(JSON.writeValueAsString(new Stored(null, line))).append('\n');
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            var bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        return true;
    }

    /** Whether its last line has no end: what is written behind it would be part of it. */
    private static boolean cutOff(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return false;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var last = ByteBuffer.allocate(1);
            channel.read(last, channel.size() - 1);
            return last.get(0) != '\n';
        }
    }

    /** It is the first line, unless that was cut off. */
    private static boolean hasKey(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (var lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (var text = lines.readLine(); text != null; text = lines.readLine()) {
                var stored = stored(text);
                if (stored != null && stored.key() != null) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Everything in it; empty where there is none. A line that a crash cut off is left out: its erasure was never done. */
    Mono<Content> read() {
        var file = path;
        return file == null || !Files.exists(file) ? Mono.empty() : blocking(() -> content(file));
    }

    private static Content content(Path file) throws IOException {
        String key = null;
        var lines = new ArrayList<Line>();
        var number = 0;
        for (var text : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            number++;
            var stored = stored(text);
            if (stored == null) {
                LOG.warn(
                        "Line {} of {} cannot be read and is left out. A crash that cut it off did no harm: nobody was erased by it. Otherwise look at the line in another copy of the file.",
                        number,
                        file);
                continue;
            }
            if (stored.key() != null) {
                key = stored.key();
            }
            if (stored.erased() != null) {
                lines.add(stored.erased());
            }
        }
        return new Content(key, lines);
    }

    /** Null where the line cannot be read. */
    private static @Nullable Stored stored(String line) {
        try {
            return JSON.readValue(line, Stored.class);
        } catch (JacksonException _) {
            return null;
        }
    }

    private <T> Mono<T> blocking(Callable<T> work) {
        return Mono.fromCallable(work)
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorMap(IOException.class, wrong -> new Unavailable("erasure.file", wrong, String.valueOf(path)));
    }
}
