package dev.afterword.db.message;

import java.util.Locale;

/**
 * Where a message is between being planned and its outcome: planned → leased → submitting → one of the outcomes. What a receiving server defers goes back to
 * planned.
 */
public enum SendState {
    PLANNED,
    /** A worker has it. */
    LEASED,
    /** Written before the message goes over the wire; after a crash nobody knows whether it arrived. */
    SUBMITTING,
    /** The receiving server took it. */
    ACCEPTED,
    /** The receiving server refused it for good. */
    REJECTED,
    /** Given up after too many attempts. */
    FAILED,
    /** The connection or the process broke after the message was submitted; never sent again. */
    UNKNOWN,
    /** Decided not to write, with a reason. */
    SKIPPED;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static SendState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Whether nothing more will happen, unless a skipped message is decided anew. */
    public boolean finished() {
        return switch (this) {
            case PLANNED, LEASED, SUBMITTING -> false;
            case ACCEPTED, REJECTED, FAILED, UNKNOWN, SKIPPED -> true;
        };
    }
}
