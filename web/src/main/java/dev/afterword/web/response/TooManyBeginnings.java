package dev.afterword.web.response;

import java.time.Duration;

/** More responses were begun from one network than people would in that time. */
final class TooManyBeginnings extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration wait;

    TooManyBeginnings(Duration wait) {
        super("too many beginnings", null, false, false);
        this.wait = wait;
    }

    long seconds() {
        return wait.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
