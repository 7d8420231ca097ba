package dev.afterword.worker;

import dev.afterword.worker.Loop.Rest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.springframework.stereotype.Component;

/**
 * Lets what people wait for go first: while more mail is due than is taken at once, loops that read, count and sum up rest longer, take more at a time when
 * they go on, and leave most of both the database and the processor to the mail.
 */
@Component
public class Precedence {
    private static final Duration HOLDS = Duration.ofSeconds(2);
    private static final Duration SHORTEST = Duration.ofMillis(500);
    /** However much there was to do: so long at most a loop does not look at what is new. */
    private static final Duration LONGEST = Duration.ofSeconds(5);
    /** Of the time, all loops that give way work a fifth at most. */
    private static final int TIMES_AS_LONG = 4;

    private final LongSupplier nanoseconds;
    /** When the rests that loops owe for what they took are over, one after the other. */
    private final AtomicLong rested;

    private volatile long until;

    Precedence() {
        this(System::nanoTime);
    }

    Precedence(LongSupplier nanoseconds) {
        this.nanoseconds = nanoseconds;
        this.until = nanoseconds.getAsLong();
        this.rested = new AtomicLong(until);
    }

    /** More mail is due than was taken just now; said anew with each time. */
    public void mailWaits() {
        until = nanoseconds.getAsLong() + HOLDS.toNanos();
    }

    /** How long a loop rests that gives way: as it says, unless mail waits. */
    public Rest givingWay(Rest usual) {
        return (more, took) -> longer(usual.after(more, took), took);
    }

    private Duration longer(Duration usual, Duration took) {
        long now = nanoseconds.getAsLong();
        if (now - until >= 0) {
            return usual;
        }
        long owed = took.multipliedBy(TIMES_AS_LONG).toNanos();
        long end = rested.updateAndGet(others -> (others - now > 0 ? others : now) + owed);
        var rest = longest(SHORTEST, shortest(LONGEST, Duration.ofNanos(end - now)));
        return longest(usual, rest);
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shortest(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
