package dev.afterword.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Rounds of work for as long as the process runs: soon again while a round says that there is more, else after a pause, and after a longer one when a round
 * failed. Stopping lets the round that runs come to its end.
 */
public final class Loop implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final String name;
    private final Rest rest;
    private final Supplier<Mono<Boolean>> round;
    private final AtomicReference<Run> run = new AtomicReference<>(new Run());

    /**
     * A loop that has not started, and does not rest while there is more.
     *
     * @param round one round; true when the next should follow at once
     */
    public Loop(String name, Duration pause, Supplier<Mono<Boolean>> round) {
        this(name, (more, took) -> more ? Duration.ZERO : pause, round);
    }

    /**
     * A loop that has not started.
     *
     * @param round one round; true when there is more
     */
    public Loop(String name, Rest rest, Supplier<Mono<Boolean>> round) {
        this.name = name;
        this.rest = rest;
        this.round = round;
    }

    /** How long a loop rests between two rounds: after one that said whether there is more, and took so long. */
    @FunctionalInterface
    public interface Rest {
        Duration after(boolean more, Duration took);
    }

    @Override
    public void start() {
        var next = new Run();
        run.set(next);
        next.running.set(true);
        next.rounds().subscribe();
    }

    @Override
    public void stop(Runnable callback) {
        var last = run.get();
        if (!last.running.getAndSet(false)) {
            callback.run();
            return;
        }
        last.wake.tryEmitEmpty();
        var _ = last.ended.thenRun(callback);
    }

    @Override
    public void stop() {
        var last = run.get();
        last.running.set(false);
        last.wake.tryEmitEmpty();
    }

    /** Stops all at the same time and calls back when the last round has ended. */
    public static void stopAll(Collection<Loop> loops, Runnable callback) {
        var open = new AtomicInteger(loops.size());
        loops.forEach(loop -> loop.stop(() -> {
            if (open.decrementAndGet() == 0) {
                callback.run();
            }
        }));
    }

    @Override
    public boolean isRunning() {
        return run.get().running.get();
    }

    /** How many wait for the loop to stop: one while it rests. */
    int waiting() {
        return run.get().wake.currentSubscriberCount();
    }

    /** From one start to its stop. */
    private final class Run {
        private final AtomicBoolean running = new AtomicBoolean();
        /** Not a future: that would keep hold of every rest that has ended. */
        private final Sinks.Empty<Void> wake = Sinks.empty();

        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        Mono<Void> rounds() {
            return Mono.defer(round)
                    .defaultIfEmpty(false)
                    .elapsed()
                    .map(round -> rest.after(round.getT2(), Duration.ofMillis(round.getT1())))
                    .onErrorResume(error -> {
                        LOG.warn(
                                "{} failed; it goes on in {} s: {}", name, AFTER_FAILURE.toSeconds(), error.toString());
                        LOG.debug("{} failed", name, error);
                        return Mono.just(AFTER_FAILURE);
                    })
                    .flatMap(this::rest)
                    .repeat(running::get)
                    .then()
                    .doFinally(signal -> ended.complete(null));
        }

        private Mono<Boolean> rest(Duration length) {
            return length.isZero()
                    ? Mono.just(true)
                    : Mono.firstWithSignal(Mono.delay(length), stopped()).thenReturn(true);
        }

        private Mono<Long> stopped() {
            return wake.asMono().thenReturn(0L);
        }
    }
}
