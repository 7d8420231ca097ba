package dev.afterword.db.followup.journey;

import dev.afterword.db.message.SendState;
import dev.afterword.db.message.SkipReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The message of a step, as far as it has come.
 *
 * @param finishedAt null while nothing became of it
 * @param answered there is an answer to what it asked
 */
public record Written(
        SendState state,
        @Nullable SkipReason reason,
        Instant dueAt,
        @Nullable Instant finishedAt,
        boolean answered) {

    /** Whether the journey goes on behind it: it went out or failed for good, or its time has come and it was not written. */
    public boolean over(Instant now) {
        return switch (state) {
            case PLANNED, LEASED, SUBMITTING -> false;
            case ACCEPTED, REJECTED, FAILED, UNKNOWN -> true;
            case SKIPPED ->
                !dueAt.isAfter(now)
                        && reason != SkipReason.FOLLOW_UP_OFF
                        && reason != SkipReason.NOT_DELIVERED
                        && reason != SkipReason.STEP_GONE;
        };
    }

    /** When the journey goes on. */
    Instant end() {
        return state == SendState.SKIPPED || finishedAt == null ? dueAt : finishedAt;
    }
}
