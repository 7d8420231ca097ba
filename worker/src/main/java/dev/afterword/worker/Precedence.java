package dev.afterword.worker;

import dev.afterword.worker.Loop.Rest;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.stereotype.Component;

/**
 * Lets what people wait for go first: while more mail is due than is taken at once, loops that read, count and sum up rest longer, take more at a time when
 * they go on, and leave most of both the database and the processor to the mail.
 */
@Component
public class Precedence {
    private static final Duration HOLDS = Duration.ofSeconds(2);
    private static final Duration REST = Duration.ofMillis(500);
    /** Of the time, a loop that gives way works a fifth at most. */
    private static final int TIMES_AS_LONG = 4;

    private final LongSupplier nanoseconds;
    private volatile long until;

    Precedence() {
        this(System::nanoTime);
    }

    Precedence(LongSupplier nanoseconds) {
        this.nanoseconds = nanoseconds;
        this.until = nanoseconds.getAsLong();
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
        if (nanoseconds.getAsLong() - until >= 0) {
            return usual;
        }
        var share = took.multipliedBy(TIMES_AS_LONG);
        var rest = share.compareTo(REST) > 0 ? share : REST;
        return rest.compareTo(usual) > 0 ? rest : usual;
    }
}
