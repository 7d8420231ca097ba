package dev.afterword.db.followup;

import dev.afterword.db.message.SendQueue.Leased;
import dev.afterword.db.message.SendState;
import dev.afterword.db.message.SkipReason;
import dev.afterword.db.message.incoming.Consequence;
import dev.afterword.db.message.incoming.JudgeFailure;
import dev.afterword.db.message.incoming.Notice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message that a worker had.
 *
 * @param dueAgain when it is due again; only for one that goes back to planned, and null there: as before
 * @param attemptCounts whether it counts as an attempt to send
 * @param refusal what a refusal for good means; null where it was not refused
 * @param at when it became so; null: when it is recorded
 */
public record SendOutcome(
        Leased leased,
        SendState state,
        @Nullable SkipReason reason,
        @Nullable Instant dueAgain,
        boolean attemptCounts,
        @Nullable Integer smtpCode,
        @Nullable String smtpReply,
        @Nullable Notice refusal,
        @Nullable Instant at) {
    private static final int LONGEST_REPLY = 500;

    public SendOutcome {
        smtpReply = smtpReply == null
                ? null
                : smtpReply
                        .strip()
                        .replace('\0', ' ')
                        .substring(0, Math.min(LONGEST_REPLY, smtpReply.strip().length()));
    }

    public static SendOutcome accepted(Leased leased, int code, String reply) {
        return new SendOutcome(leased, SendState.ACCEPTED, null, null, true, code, reply, null, null);
    }

    /** The server refused it for good. */
    public static SendOutcome rejected(Leased leased, int code, String reply) {
        var said = code + " " + reply;
        var status = JudgeFailure.status(said);
        var refusal = new Notice(JudgeFailure.kind(status, said), null, status, reply, true);
        return new SendOutcome(leased, SendState.REJECTED, null, null, true, code, reply, refusal, null);
    }

    /** The server, or the way to it, was not ready; it is tried again. */
    public static SendOutcome deferred(Leased leased, Instant again, @Nullable Integer code, @Nullable String reply) {
        return new SendOutcome(leased, SendState.PLANNED, null, again, true, code, reply, null, null);
    }

    public static SendOutcome failed(Leased leased, @Nullable Integer code, @Nullable String reply) {
        return new SendOutcome(leased, SendState.FAILED, null, null, true, code, reply, null, null);
    }

    /** The connection broke after the message was submitted: it may have arrived, and is not sent again. */
    public static SendOutcome unknown(Leased leased, @Nullable String reply) {
        return new SendOutcome(leased, SendState.UNKNOWN, null, null, true, null, reply, null, null);
    }

    public static SendOutcome skipped(Leased leased, SkipReason reason) {
        return new SendOutcome(leased, SendState.SKIPPED, reason, null, false, null, null, null, null);
    }

    /** Given back untouched, to be due at another time or, null, as before. */
    public static SendOutcome givenBack(Leased leased, @Nullable Instant due) {
        return new SendOutcome(leased, SendState.PLANNED, null, due, false, null, null, null, null);
    }

    /** The same, as it became at another time than now. */
    public SendOutcome at(Instant then) {
        return new SendOutcome(leased, state, reason, dueAgain, attemptCounts, smtpCode, smtpReply, refusal, then);
    }

    /** The address does not exist: nothing more is written to it. */
    boolean hardBounce() {
        return refusal != null && Consequence.certain(refusal);
    }

    @Nullable
    String skipCode() {
        return reason == null ? null : reason.code();
    }
}
