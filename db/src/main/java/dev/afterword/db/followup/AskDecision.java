package dev.afterword.db.followup;

import dev.afterword.db.Key;
import dev.afterword.db.message.Candidate;
import dev.afterword.db.message.PlanSend;
import dev.afterword.db.message.SendKind;
import dev.afterword.db.message.SendState;
import dev.afterword.db.message.SkipReason;
import dev.afterword.db.workspace.Workspace;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody is asked about an order, and when; or why not.
 *
 * @param reason null: planned
 */
record AskDecision(
        OrderFacts facts,
        UUID sendId,
        Instant due,
        @Nullable SkipReason reason) {

    /** What the order, the follow-up and the time say; the contact policy has still to be asked. */
    static AskDecision of(OrderFacts facts, FollowUp followUp, Workspace workspace, boolean imported, Instant now) {
        var known = facts.sendId();
        var sendId = known == null ? Key.nextId() : known;
        var due = facts.due(followUp, workspace);
        var refused = facts.refused(workspace);
        if (due == null) {
            return new AskDecision(
                    facts, sendId, facts.placedAt(), refused == null ? SkipReason.NOT_DELIVERED : refused);
        }
        if (refused == null && imported) {
            refused = SkipReason.IMPORTED;
        }
        if (refused == null && due.plus(PlanSend.LATEST).isBefore(now)) {
            refused = SkipReason.TOO_LATE;
        }
        if (refused == null && !followUp.enabled()) {
            refused = SkipReason.FOLLOW_UP_OFF;
        }
        return new AskDecision(facts, sendId, due, refused);
    }

    AskDecision because(SkipReason why) {
        return new AskDecision(facts, sendId, due, why);
    }

    boolean planned() {
        return reason == null;
    }

    SendState state() {
        return planned() ? SendState.PLANNED : SendState.SKIPPED;
    }

    Instant notAfter() {
        return due.plus(PlanSend.LATEST);
    }

    Candidate candidate(FollowUp followUp) {
        return new Candidate(
                sendId,
                facts.contactId(),
                facts.orderId(),
                facts.invitationId(),
                followUp.key().id(),
                followUp.purpose(),
                SendKind.ASK,
                due);
    }

    /** Whether the stored decision says the same. A due time may have been moved by quiet hours or a deferral, so the end of the time counts. */
    boolean stands() {
        return facts.state() == state()
                && facts.skipReason() == reason
                && notAfter().equals(facts.plannedNotAfter());
    }
}
