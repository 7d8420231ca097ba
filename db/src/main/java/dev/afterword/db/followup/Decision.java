package dev.afterword.db.followup;

import dev.afterword.db.Key;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Next;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.message.AllowedHours;
import dev.afterword.db.message.Candidate;
import dev.afterword.db.message.PlanSend;
import dev.afterword.db.message.SendKind;
import dev.afterword.db.message.SendState;
import dev.afterword.db.message.SkipReason;
import dev.afterword.db.message.WantedPlace;
import dev.afterword.db.workspace.Purpose;
import dev.afterword.db.workspace.Workspace;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody is written to in a step, and when; or why not.
 *
 * @param due the intended moment, or the next after it that the workspace allows
 * @param placed when there is room in the person's week; the due time where nothing else was said
 * @param reason null: planned
 */
record Decision(
        Traveller traveller,
        Step.Written step,
        UUID sendId,
        Instant due,
        Instant placed,
        @Nullable SkipReason reason) {

    /** What the order, the follow-up and the time say; the contact policy has still to be asked. */
    static Decision of(
            Traveller traveller,
            FollowUpDefinition definition,
            Next.Write write,
            FollowUp followUp,
            Workspace workspace,
            AllowedHours hours,
            Instant now) {
        var step = write.written();
        var due = hours.next(write.due(), traveller.zone(workspace));
        var reason = refusedByOrder(traveller, workspace);
        if (reason == null) {
            reason = refusedByStep(traveller, step, definition);
        }
        if (reason == null && traveller.imported()) {
            reason = SkipReason.IMPORTED;
        }
        if (reason == null && due.plus(PlanSend.LATEST).isBefore(now)) {
            reason = followUp.enabled() && !wasOff(traveller, step) ? SkipReason.TOO_LATE : SkipReason.WAS_OFF;
        }
        if (reason == null && !followUp.enabled()) {
            reason = SkipReason.FOLLOW_UP_OFF;
        }
        if (reason == null && traveller.holdout()) {
            reason = SkipReason.HOLDOUT;
        }
        return new Decision(traveller, step, id(traveller, step), due, due, reason);
    }

    /** Whether that message was not planned because the follow-up was off: it is not compared then, also when it was switched on too late for it. */
    private static boolean wasOff(Traveller traveller, Step.Written step) {
        var known = traveller.sends().get(step.key());
        return known != null
                && (SkipReason.FOLLOW_UP_OFF.code().equals(known.reason())
                        || SkipReason.WAS_OFF.code().equals(known.reason()));
    }

    /** Nobody is written to for that reason, which is kept. */
    static Decision refused(Traveller traveller, Step.Written step, Instant due, SkipReason reason) {
        return new Decision(traveller, step, id(traveller, step), due, due, reason);
    }

    private static UUID id(Traveller traveller, Step.Written step) {
        var known = traveller.sends().get(step.key());
        return known == null ? Key.nextId() : known.id();
    }

    /** Why nobody is written to about this order, as far as the order itself says; null when somebody may be. */
    private static @Nullable SkipReason refusedByOrder(Traveller traveller, Workspace workspace) {
        var order = traveller.order();
        if (order == null) {
            return null;
        }
        if (order.test()) {
            return SkipReason.TEST_ORDER;
        }
        var channels = workspace.channels();
        return channels != null && (order.channel() == null || !channels.contains(order.channel()))
                ? SkipReason.CHANNEL_NOT_ASKED
                : null;
    }

    private static @Nullable SkipReason refusedByStep(
            Traveller traveller, Step.Written step, FollowUpDefinition definition) {
        return switch (step) {
            case Step.Mail _ -> null;
            case Step.Remind remind -> {
                var sent = traveller.sends().get(remind.ask());
                yield (sent != null && sent.answered()) || answered(traveller, definition.find(remind.ask()))
                        ? SkipReason.ANSWERED
                        : null;
            }
            case Step.Ask ask -> {
                var order = traveller.order();
                if (order == null) {
                    yield null;
                }
                if (order.answered().contains(ask.survey())) {
                    yield SkipReason.ANSWERED;
                }
                var standing = order.invitations().get(ask.survey());
                var own = traveller.sends().get(ask.key());
                yield standing == null || (own != null && standing.equals(own.invitationId()))
                        ? null
                        : SkipReason.ALREADY_ASKED;
            }
        };
    }

    private static boolean answered(Traveller traveller, Optional<Step> asked) {
        var order = traveller.order();
        return order != null
                && asked.filter(step ->
                                step instanceof Step.Ask ask && order.answered().contains(ask.survey()))
                        .isPresent();
    }

    Decision because(SkipReason why) {
        return new Decision(traveller, step, sendId, due, placed, why);
    }

    /** Not before that moment; null: never in time. */
    Decision placed(@Nullable Instant at) {
        return at == null ? because(SkipReason.BUDGET) : new Decision(traveller, step, sendId, due, at, reason);
    }

    WantedPlace wanted(FollowUpDefinition definition, Workspace workspace) {
        return new WantedPlace(
                sendId,
                traveller.address(),
                definition.priority(),
                definition.purpose() == Purpose.SERVICE,
                due,
                notAfter(),
                traveller.zone(workspace));
    }

    boolean planned() {
        return reason == null;
    }

    SendState state() {
        return planned() ? SendState.PLANNED : SendState.SKIPPED;
    }

    SendKind kind() {
        return switch (step) {
            case Step.Ask _ -> SendKind.ASK;
            case Step.Remind _ -> SendKind.REMIND;
            case Step.Mail _ -> SendKind.MAIL;
        };
    }

    Instant notAfter() {
        return due.plus(PlanSend.LATEST);
    }

    Candidate candidate(FollowUp followUp, Purpose purpose) {
        return new Candidate(
                sendId,
                traveller.contactId(),
                traveller.orderId(),
                null,
                followUp.key().id(),
                purpose,
                kind(),
                step instanceof Step.Ask ask ? ask.survey() : null,
                due);
    }

    /** Whether the stored decision says the same. A due time may have been moved by quiet hours or a deferral, so the end of the time counts. */
    boolean stands() {
        var stored = traveller.sends().get(step.key());
        return stored != null
                && stored.state().equals(state().code())
                && (reason == null ? stored.reason() == null : reason.code().equals(stored.reason()))
                && notAfter().equals(stored.notAfter());
    }

    /** The message as it stands after this. */
    Traveller.Sent sent(@Nullable UUID invitationId, Instant now) {
        return new Traveller.Sent(
                sendId,
                state().code(),
                reason == null ? null : reason.code(),
                due,
                notAfter(),
                reason == null ? null : now,
                invitationId,
                reason == SkipReason.ANSWERED);
    }
}
