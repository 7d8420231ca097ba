package dev.afterword.db.followup;

import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Next;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.message.AllowedHours;
import dev.afterword.db.message.Budget;
import dev.afterword.db.message.ContactPolicy;
import dev.afterword.db.message.SendState;
import dev.afterword.db.message.SkipReason;
import dev.afterword.db.workspace.Purpose;
import dev.afterword.db.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lets people go through a follow-up in thought, one after the other as time passes, by the same rules as in earnest; keeps and sends nothing. */
final class Rehearsal {
    private static final int MOST_TURNS = 200;

    private final FollowUp followUp;
    private final FollowUpDefinition definition;
    private final Workspace workspace;
    private final ContactPolicy policy;
    private final AllowedHours hours;
    private final Map<UUID, SkipReason> refused;
    private final Map<UUID, Map<String, Instant>> answers;
    private final Map<UUID, List<Trouble>> troubles;
    private final Map<String, Map<String, Double>> shares;
    private final Map<String, List<Mailed>> mailed = new HashMap<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    /**
     * A mail that went to an address, or would have.
     *
     * @param asked the survey; null for a mail that asks nothing
     */
    record Mailed(Instant at, @Nullable String asked) {}

    /**
     * What would have become of one message.
     *
     * @param reason null: it would have gone out
     */
    record Outcome(
            Traveller traveller,
            Step.Written step,
            @Nullable SkipReason reason,
            Instant at) {}

    /**
     * A case as long as it was open.
     *
     * @param orderId null where it is about none, and so about all
     * @param closedAt null while it is open
     */
    record Trouble(
            @Nullable UUID orderId,
            Instant openedAt,
            @Nullable Instant closedAt) {
        boolean holds(@Nullable UUID order, Instant now) {
            return !openedAt.isAfter(now)
                    && (closedAt == null || closedAt.isAfter(now))
                    && (orderId == null || order == null || orderId.equals(order));
        }
    }

    /** Somebody's next moment. */
    private record Turn(Instant at, Traveller traveller, Instant now, int number) {}

    /**
     * @param followUp switched on
     * @param refused whom nobody may write to for this purpose, by enrollment
     * @param others what other follow-ups sent, by address
     * @param answers when which survey was answered, by order
     * @param troubles what support worked on, by contact
     * @param shares of the arms of splits that learn, as they are now
     */
    Rehearsal(
            FollowUp followUp,
            Workspace workspace,
            ContactPolicy policy,
            Map<UUID, SkipReason> refused,
            Map<String, List<Mailed>> others,
            Map<UUID, Map<String, Instant>> answers,
            Map<UUID, List<Trouble>> troubles,
            Map<String, Map<String, Double>> shares) {
        this.followUp = followUp;
        this.definition = followUp.shown();
        this.workspace = workspace;
        this.policy = policy;
        this.hours = policy.hours(workspace);
        this.refused = refused;
        this.answers = answers;
        this.troubles = troubles;
        this.shares = shares;
        others.forEach((address, mails) -> mailed.put(address, new ArrayList<>(mails)));
    }

    List<Outcome> run(List<Traveller> travellers) {
        var turns = new PriorityQueue<Turn>(Comparator.comparing(Turn::at)
                .thenComparing(turn -> turn.traveller().enrollmentId()));
        travellers.forEach(one -> turns.add(new Turn(one.begunAt(), one, one.begunAt(), 0)));
        while (!turns.isEmpty()) {
            var turn = turns.remove();
            if (turn.number() < MOST_TURNS) {
                next(turn).ifPresent(turns::add);
            }
        }
        return List.copyOf(outcomes);
    }

    private Optional<Turn> next(Turn turn) {
        var traveller = asOf(turn.traveller(), turn.at());
        var course = Advance.course(traveller, definition, followUp, workspace, hours, shares, turn.now());
        var decision = course.decision();
        var on = traveller.passing(course.next().passed());
        return switch (course.next().stop()) {
            case Next.Write _ -> {
                if (decision == null) {
                    yield Optional.empty();
                }
                if (decision.planned() && decision.due().isAfter(turn.at())) {
                    yield Optional.of(new Turn(decision.due(), turn.traveller(), turn.now(), turn.number() + 1));
                }
                var outcome = decided(decision);
                outcomes.add(outcome);
                yield course.exit() == null
                        ? Optional.of(new Turn(
                                outcome.at(),
                                on.having(decision.step().key(), sent(decision, outcome)),
                                outcome.at(),
                                turn.number() + 1))
                        : Optional.empty();
            }
            case Next.Look look -> Optional.of(new Turn(look.at(), on, look.at(), turn.number() + 1));
            case Next.Hold _ -> {
                if (decision != null && decision.reason() != null) {
                    outcomes.add(new Outcome(traveller, decision.step(), decision.reason(), decision.due()));
                }
                yield Optional.empty();
            }
            case Next.Ended _ -> Optional.empty();
        };
    }

    /** With the answers that had come by then, and the case that was open. */
    private Traveller asOf(Traveller traveller, Instant now) {
        var order = traveller.orderId();
        var given = order == null ? Map.<String, Instant>of() : answers.getOrDefault(order, Map.of());
        var answered = given.entrySet().stream()
                .filter(answer -> !answer.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
        return traveller
                .troubledIf(troubles.getOrDefault(traveller.contactId(), List.of()).stream()
                        .anyMatch(one -> one.holds(order, now)))
                .answered(
                        answered,
                        step -> definition
                                .find(step)
                                .filter(one -> one instanceof Step.Ask ask && answered.contains(ask.survey()))
                                .isPresent());
    }

    private Outcome decided(Decision decision) {
        var traveller = decision.traveller();
        var address = traveller.address();
        var reason = decision.reason();
        if (reason == null) {
            reason = refused.get(traveller.enrollmentId());
        }
        if (reason != null || address == null) {
            return new Outcome(
                    traveller, decision.step(), reason == null ? SkipReason.NO_ADDRESS : reason, decision.due());
        }
        var before = mailed.computeIfAbsent(address, any -> new ArrayList<>());
        var asked = decision.step() instanceof Step.Ask ask ? ask.survey() : null;
        if (asked != null && quarantined(before, asked, decision.due())) {
            return new Outcome(traveller, decision.step(), SkipReason.QUARANTINE, decision.due());
        }
        var place = place(decision, before);
        if (place.isEmpty()) {
            return new Outcome(traveller, decision.step(), SkipReason.BUDGET, decision.due());
        }
        before.add(new Mailed(place.get(), asked));
        return new Outcome(traveller, decision.step(), null, place.get());
    }

    private boolean quarantined(List<Mailed> before, String survey, Instant due) {
        return before.stream().anyMatch(mail -> {
            int days = mail.asked() == null
                    ? 0
                    : mail.asked().equals(survey)
                            ? Math.max(
                                    workspace.quarantineDays(),
                                    policy.quarantines().getOrDefault(survey, 0))
                            : workspace.quarantineDays();
            return Duration.between(mail.at(), due).abs().compareTo(Duration.ofDays(days)) < 0;
        });
    }

    private Optional<Instant> place(Decision decision, List<Mailed> before) {
        var most = policy.mostAWeek();
        if (most == null || definition.purpose() == Purpose.SERVICE) {
            return Optional.of(decision.due());
        }
        var zone = decision.traveller().zone(workspace);
        return Budget.aWeek(most)
                .earliest(
                        before.stream().map(Mailed::at).toList(),
                        decision.due(),
                        decision.notAfter(),
                        at -> hours.next(at, zone));
    }

    private static Traveller.Sent sent(Decision decision, Outcome outcome) {
        var reason = outcome.reason();
        return new Traveller.Sent(
                decision.sendId(),
                (reason == null ? SendState.ACCEPTED : SendState.SKIPPED).code(),
                reason == null ? null : reason.code(),
                decision.due(),
                decision.notAfter(),
                outcome.at(),
                null,
                false);
    }
}
