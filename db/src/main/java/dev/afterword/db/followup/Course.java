package dev.afterword.db.followup;

import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Next;
import dev.afterword.db.message.SkipReason;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How somebody goes on.
 *
 * @param decision about the message that comes next; null where none does, or it is under way already
 * @param exit why they leave; null when they stay
 */
record Course(
        Traveller traveller,
        FollowUpDefinition definition,
        Next next,
        @Nullable Decision decision,
        @Nullable SkipReason exit) {
    /** Those with a message by the time it is due, then the others. */
    static final Comparator<Course> BY_DUE =
            Comparator.comparing((Course course) -> course.decision == null ? Instant.MAX : course.decision.due());

    Course refused(Map<UUID, SkipReason> refused) {
        var reason = decision == null ? null : refused.get(decision.sendId());
        return reason == null ? this : because(reason);
    }

    /** With the place that its message got in the person's week. */
    Course placed(Map<UUID, Optional<Instant>> places) {
        var place = decision == null ? null : places.get(decision.sendId());
        return decision == null || place == null
                ? this
                : new Course(traveller, definition, next, decision.placed(place.orElse(null)), exit);
    }

    Course because(SkipReason reason) {
        return new Course(traveller, definition, next, decision == null ? null : decision.because(reason), exit);
    }

    /** The messages that are planned in other steps than the one that comes next: an earlier version, or what was known then, had it otherwise. */
    List<UUID> strayed() {
        var step = next.stop() instanceof Next.Write write
                ? write.step()
                : decision == null ? null : decision.step().key();
        return traveller.sends().entrySet().stream()
                .filter(sent -> sent.getValue().planned() && !sent.getKey().equals(step))
                .map(sent -> sent.getValue().id())
                .toList();
    }

    /** Whether anything may be done beyond what is noted of them: they stay, and it is about no test order and no history. */
    boolean acts() {
        var order = traveller.order();
        return exit == null && !traveller.imported() && (order == null || !order.test());
    }

    boolean ended() {
        return exit != null
                || next.stop() instanceof Next.Ended
                || (next.stop() instanceof Next.Hold hold && hold.over());
    }

    /** Whether there is more to do at once: the message that comes next is not written, and its time has come. */
    boolean goesOn(Instant now) {
        return !ended()
                && decision != null
                && next.stop() instanceof Next.Write
                && !decision.planned()
                && decision.sent(null, now).written().over(now);
    }

    /** When they are to be looked at again whatever happens; null: something has to happen. */
    @Nullable
    Instant dueAgain() {
        if (ended()) {
            return null;
        }
        return switch (next.stop()) {
            case Next.Look look -> look.at();
            case Next.Write _ ->
                decision == null || decision.planned() || decision.reason() == SkipReason.FOLLOW_UP_OFF
                        ? null
                        : decision.due();
            case Next.Hold hold -> hold.until();
            case Next.Ended _ -> null;
        };
    }

    /** Why the journey is over; null while it is not. */
    @Nullable
    String endReason() {
        if (exit != null) {
            return exit.code();
        }
        if (next.stop() instanceof Next.Hold hold && hold.over()) {
            return hold.reason().code();
        }
        return ended() ? "done" : null;
    }
}
