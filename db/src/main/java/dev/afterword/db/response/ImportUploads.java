package dev.afterword.db.response;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.ImportLines;
import dev.afterword.db.ImportReport;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Problem;
import dev.afterword.db.Rejected;
import dev.afterword.db.response.mapping.MappedLines;
import dev.afterword.db.survey.Surveys;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Imports files that were uploaded, one after the other. A file whose process went away begins again, which changes nothing that it already wrote. */
@Component
public class ImportUploads {
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final int PIECES = 2;

    private final ImportRuns runs;
    private final RunImport runImport;
    private final DatabaseTime time;
    private final Surveys surveys;

    ImportUploads(ImportRuns runs, RunImport runImport, Surveys surveys, DatabaseTime time) {
        this.runs = runs;
        this.surveys = surveys;
        this.runImport = runImport;
        this.time = time;
    }

    /** Imports one waiting file; whether there was one. */
    public Mono<Boolean> next() {
        return time.now()
                .flatMap(now -> runs.waiting(now)
                        .concatMap(key -> runs.claim(key, now, now.plus(LEASE)))
                        .next())
                .flatMap(run -> run(run).thenReturn(true))
                .defaultIfEmpty(false);
    }

    private Mono<Void> run(ImportRun run) {
        var key = run.key();
        var read = new AtomicLong();
        return lines(run, () -> DataBufferUtils.subscriberInputStream(bytes(key, read), PIECES))
                .flatMapMany(lines -> runImport.run(key.workspaceId(), run.kind(), lines))
                .concatMap(report -> at(now -> runs.progress(key, report, read.get(), now.plus(LEASE)))
                        .thenReturn(report))
                .last(ImportReport.EMPTY)
                .flatMap(report -> at(now -> runs.finish(key, report, now)))
                .onErrorResume(
                        problem -> problem instanceof Rejected || problem instanceof NotFound,
                        problem -> at(now -> runs.fail(key, ((Problem) problem).code(), now)));
    }

    private Mono<Supplier<ImportLines>> lines(ImportRun run, Supplier<InputStream> in) {
        var mapping = run.mapping();
        return mapping == null
                ? Mono.just(() -> ImportLines.open(run.format(), run.kind(), in.get()))
                : surveys.latest(run.key().workspaceId(), mapping.survey())
                        .map(version -> () -> new MappedLines(in.get(), mapping, version.definition()));
    }

    private Mono<Void> at(Function<Instant, Mono<Void>> work) {
        return time.now().flatMap(work);
    }

    private Flux<DataBuffer> bytes(Key key, AtomicLong read) {
        return Flux.range(0, Integer.MAX_VALUE)
                .concatMap(number -> runs.chunk(key, number).defaultIfEmpty(new byte[0]), 1)
                .takeWhile(piece -> piece.length > 0)
                .doOnNext(piece -> read.addAndGet(piece.length))
                .map(DefaultDataBufferFactory.sharedInstance::wrap);
    }
}
