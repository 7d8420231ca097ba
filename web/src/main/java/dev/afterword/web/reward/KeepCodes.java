package dev.afterword.web.reward;

import dev.afterword.db.ImportReport;
import dev.afterword.db.Key;
import dev.afterword.db.reward.AddCodes;
import dev.afterword.db.reward.CodeLine;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.StringDecoder;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.stereotype.Component;
import org.springframework.util.MimeTypeUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Puts the codes into a pool that somebody typed or has in a file, as they are read. */
@Component
class KeepCodes {
    private static final int BATCH = 500;

    private final AddCodes addCodes;

    KeepCodes(AddCodes addCodes) {
        this.addCodes = addCodes;
    }

    Mono<ImportReport> keep(Key pool, @Nullable String typed, @Nullable FilePart file) {
        var lines = Flux.fromStream(() -> (typed == null ? "" : typed).lines());
        return lines.concatWith(file == null ? Flux.empty() : lines(file))
                .flatMapIterable(line -> CodeLine.code(line).stream().toList())
                .buffer(BATCH)
                .concatMap(
                        batch -> addCodes.add(pool, batch)
                                .map(results -> ImportReport.EMPTY.and(numbers(batch.size()), results)),
                        1)
                .reduce(ImportReport.EMPTY, KeepCodes::together);
    }

    private static Flux<String> lines(FilePart file) {
        return StringDecoder.textPlainOnly()
                .decode(file.content(), ResolvableType.forClass(String.class), MimeTypeUtils.TEXT_PLAIN, Map.of());
    }

    private static List<Long> numbers(int size) {
        return LongStream.rangeClosed(1, size).boxed().toList();
    }

    private static ImportReport together(ImportReport one, ImportReport other) {
        return new ImportReport(
                one.lines() + other.lines(),
                one.created() + other.created(),
                one.updated() + other.updated(),
                one.unchanged() + other.unchanged(),
                one.failed() + other.failed(),
                one.failures().isEmpty() ? other.failures() : one.failures());
    }
}
