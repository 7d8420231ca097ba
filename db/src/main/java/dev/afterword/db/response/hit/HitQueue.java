package dev.afterword.db.response.hit;

import dev.afterword.db.NotFound;
import dev.afterword.db.response.AnswerSheets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Hits on their way to the table: a page never waits for them, and an answer never depends on them. They wait in a bounded queue and are written together;
 * what finds it full, or the database away, is counted and lost.
 */
@Component
public class HitQueue implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(HitQueue.class);
    private static final int WAITING = 5_000;
    private static final int BATCH = 500;
    /** What comes in together is written together. */
    private static final Duration BREATH = Duration.ofMillis(200);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Hits hits;
    private final AnswerSheets sheets;
    private final BlockingQueue<Request> queue = new ArrayBlockingQueue<>(WAITING);
    private final AtomicBoolean writing = new AtomicBoolean();
    private final AtomicReference<@Nullable Runnable> drained = new AtomicReference<>();
    private final LongAdder written = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private volatile boolean running;

    HitQueue(Hits hits, AnswerSheets sheets) {
        this.hits = hits;
        this.sheets = sheets;
    }

    /** Takes a request and returns at once. */
    public void offer(Request request) {
        if (!running || !queue.offer(request)) {
            dropped.increment();
            return;
        }
        pump(BREATH);
    }

    /** How many were written, since the start. */
    public long written() {
        return written.sum();
    }

    /** How many were lost, since the start. */
    public long dropped() {
        return dropped.sum();
    }

    /** How many wait. */
    public int waiting() {
        return queue.size();
    }

    /** The only place that subscribes: the writer belongs to no request. */
    private void pump(Duration breath) {
        if (!queue.isEmpty() && writing.compareAndSet(false, true)) {
            Mono.delay(running ? breath : Duration.ZERO)
                    .then(Mono.defer(this::flush))
                    .doFinally(end -> {
                        writing.set(false);
                        pump(Duration.ZERO);
                        tellWhenDrained();
                    })
                    .subscribe(done -> {}, failure -> LOG.error("hits were not written", failure));
        }
    }

    private Mono<Void> flush() {
        var batch = new ArrayList<Request>(BATCH);
        queue.drainTo(batch, BATCH);
        return batch.isEmpty()
                ? Mono.empty()
                : placed(batch)
                        .flatMap(hits::insert)
                        .timeout(PATIENCE)
                        .doOnNext(written::add)
                        .then()
                        .onErrorResume(failure -> {
                            LOG.warn("{} hits were lost: {}", batch.size(), failure.toString());
                            dropped.add(batch.size());
                            return Mono.empty();
                        });
    }

    /** With the workspaces that their links name; a workspace is looked up once. */
    private Mono<List<Hits.Placed>> placed(List<Request> batch) {
        return Flux.fromIterable(batch)
                .concatMap(request -> sheets.key(request.token())
                        .map(key -> new Hits.Placed(key, request))
                        .onErrorResume(NotFound.class, unknown -> Mono.empty()))
                .collectList();
    }

    private void tellWhenDrained() {
        if (!running && queue.isEmpty() && !writing.get()) {
            var callback = drained.getAndSet(null);
            if (callback != null) {
                callback.run();
            }
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Takes nothing more and ends when all that waits is written, or lost. */
    @Override
    public void stop(Runnable callback) {
        running = false;
        drained.set(callback);
        pump(Duration.ZERO);
        tellWhenDrained();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Starts before the web server and stops after it, so that the last requests are written. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 8192;
    }
}
