package dev.afterword.web;

import java.time.Duration;

/** More was sent from one network than people would in that time. */
public final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration wait;

    public TooMany(Duration wait) {
        super("too many", null, false, false);
        this.wait = wait;
    }

    long seconds() {
        return wait.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
