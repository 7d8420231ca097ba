package dev.afterword.worker.message;

import dev.afterword.db.followup.RecordSends;
import dev.afterword.db.followup.RecordSends.Submission;
import dev.afterword.db.followup.SendOutcome;
import dev.afterword.db.message.Lane;
import dev.afterword.db.message.SendQueue.Leased;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * What this process holds, and the one place where connections write down what they do: as many entries as wait are written in one statement, while the next ones
 * gather. It ends reactive chains because connections are threads that must not go on before their entry is committed.
 */
@Component
class Ledger {
    private static final int MOST = 500;
    private static final Retry PATIENTLY =
            Retry.backoff(20, Duration.ofMillis(100)).maxBackoff(Duration.ofSeconds(3));

    private final RecordSends records;
    private final MeterRegistry meters;
    private final Set<Leased> held = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Entry> waiting = new ConcurrentLinkedQueue<>();
    /** Two at a time: while one waits for its commit to be on the disk, the other writes; with more, statements would be many and small. */
    private final Semaphore writers = new Semaphore(2);

    Ledger(RecordSends records, MeterRegistry meters) {
        this.records = records;
        this.meters = meters;
    }

    /** What one connection writes at once: the outcome of its last message, and the next that it is about to submit. */
    private record Entry(
            @Nullable Submission next, @Nullable SendOutcome last, CompletableFuture<Boolean> done) {}

    void hold(List<Leased> leased) {
        held.addAll(leased);
    }

    /** What nobody goes on with: its lease is renewed no more, so that it comes back when that ends. */
    void forget(Leased leased) {
        held.remove(leased);
    }

    Set<Leased> held() {
        return held;
    }

    /** How many of a lane. */
    long held(Lane lane) {
        return held.stream().filter(one -> one.lane() == lane).count();
    }

    /** Blocks until it is committed; false when the lease of the next message was lost, so that it must not be sent. */
    boolean write(@Nullable Submission next, @Nullable SendOutcome last) {
        return enter(next, last).join();
    }

    /** Blocks until it is read: what a connection needs of the database right before it submits. */
    <T> T read(Mono<T> what) {
        return what.retryWhen(PATIENTLY).toFuture().join();
    }

    /** Keeps what became of messages that no connection has. */
    CompletableFuture<Boolean> write(SendOutcome outcome) {
        return enter(null, outcome);
    }

    private CompletableFuture<Boolean> enter(@Nullable Submission next, @Nullable SendOutcome last) {
        var entry = new Entry(next, last, new CompletableFuture<>());
        waiting.add(entry);
        pump();
        return entry.done;
    }

    private void pump() {
        while (!waiting.isEmpty() && writers.tryAcquire()) {
            var batch = new ArrayList<Entry>();
            for (var entry = waiting.poll(); entry != null; entry = batch.size() < MOST ? waiting.poll() : null) {
                batch.add(entry);
            }
            if (batch.isEmpty()) {
                writers.release();
            } else {
                flush(batch);
            }
        }
    }

    private void flush(List<Entry> batch) {
        var next = batch.stream().map(Entry::next).filter(Objects::nonNull).toList();
        var last = batch.stream().map(Entry::last).filter(Objects::nonNull).toList();
        var _ = records.record(next, last).retryWhen(PATIENTLY).toFuture().whenComplete((mine, error) -> {
            writers.release();
            last.forEach(this::finished);
            batch.forEach(entry -> complete(entry, mine, error));
            pump();
        });
    }

    private void finished(SendOutcome outcome) {
        held.remove(outcome.leased());
        if (outcome.state().finished() || outcome.attemptCounts()) {
            meters.counter(
                            "afterword.sends",
                            "outcome",
                            outcome.state().finished() ? outcome.state().code() : "deferred")
                    .increment();
        }
    }

    private void complete(Entry entry, @Nullable Set<UUID> mine, @Nullable Throwable error) {
        var next = entry.next;
        boolean may = next == null
                || (mine != null && mine.contains(next.leased().send().key().id()));
        if (next != null && !may) {
            forget(next.leased());
        }
        if (error != null) {
            entry.done.completeExceptionally(error);
        } else {
            entry.done.complete(may);
        }
    }
}
