package dev.afterword.worker.message;

import dev.afterword.db.message.Lane;
import dev.afterword.worker.message.SmtpConnection.Deliver;
import dev.afterword.worker.message.SmtpConnection.Job;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What connections have to do, by lane: of four turns three belong to single messages and one to those for many, and what one lane does not need the other gets. */
class Jobs {
    private static final int TURNS = 4;

    private final Map<Lane, Queue<Job>> lanes = new EnumMap<>(Map.of(
            Lane.SINGLE, new ConcurrentLinkedQueue<>(),
            Lane.BULK, new ConcurrentLinkedQueue<>()));
    private final Queue<Job> last = new ConcurrentLinkedQueue<>();
    private final Semaphore waiting = new Semaphore(0);
    private final AtomicInteger turn = new AtomicInteger();

    void add(Lane lane, Job job) {
        lane(lane).add(job);
        waiting.release();
    }

    /** Behind everything else. */
    void addLast(Job job) {
        last.add(job);
        waiting.release();
    }

    /** The next; null where there is none. */
    @Nullable
    Job poll() {
        return waiting.tryAcquire() ? next() : null;
    }

    /** The next, waited for so long; null where none came. */
    @Nullable
    Job poll(long seconds) throws InterruptedException {
        return waiting.tryAcquire(seconds, TimeUnit.SECONDS) ? next() : null;
    }

    /** How many mails of a workspace wait that come from that domain; whole queues are looked through. */
    long waiting(UUID workspaceId, String domain) {
        return lanes.values().stream()
                .flatMap(Queue::stream)
                .filter(job -> job instanceof Deliver deliver
                        && deliver.leased().send().key().workspaceId().equals(workspaceId)
                        && deliver.mail().fromDomain().equals(domain))
                .count();
    }

    /** There is one for each who may ask; while somebody else takes it, another is added where this one has looked before. */
    private Job next() {
        boolean many = Math.floorMod(turn.getAndIncrement(), TURNS) == TURNS - 1;
        Job job = null;
        while (job == null) {
            job = lane(many ? Lane.BULK : Lane.SINGLE).poll();
            if (job == null) {
                job = lane(many ? Lane.SINGLE : Lane.BULK).poll();
            }
            if (job == null) {
                job = last.poll();
            }
        }
        return job;
    }

    private Queue<Job> lane(Lane lane) {
        return Objects.requireNonNull(lanes.get(lane));
    }
}
