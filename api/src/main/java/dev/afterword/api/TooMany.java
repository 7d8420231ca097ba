package dev.afterword.api;

import java.time.Duration;

/** More calls than a key, or an invitation, may make in a short time. */
final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration wait;

    TooMany(Duration wait) {
        super("rate.limited", null, false, false);
        this.wait = wait;
    }

    /** After how many whole seconds the next call will be taken, at least one. */
    long seconds() {
        return wait.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
