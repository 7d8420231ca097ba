package dev.afterword.db.response.hit;

import dev.afterword.db.Key;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request of the link of one invitation, as it is stored.
 *
 * @param chosen what the link chose, as recommend=9
 * @param acceptedMs milliseconds since the receiving server took the latest mail, negative when it came before that; null without a mail
 * @param judged what a rule said last; null before
 */
public record Hit(
        Key key,
        Key invitation,
        Instant at,
        Target target,
        String method,
        int status,
        @Nullable String chosen,
        Signals signals,
        @Nullable Long acceptedMs,
        @Nullable Judged judged) {

    /** A verdict with the version of the rule that gave it. */
    public record Judged(Verdict verdict, Reason reason, int rule) {}

    /** Whether it is one of the same program as the other. */
    boolean resembles(Hit other) {
        return signals.agent() == other.signals.agent() && signals.platform().equals(other.signals.platform());
    }

    boolean isLook() {
        return target == Target.PAGE;
    }
}
