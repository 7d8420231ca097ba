package dev.afterword.db.insight;

import dev.afterword.db.Estimate;
import dev.afterword.db.followup.FollowUp;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Rule;
import dev.afterword.db.followup.journey.Trigger;
import dev.afterword.db.insight.WhatWorked.Proposal;
import dev.afterword.db.insight.WhatWorked.Worked;
import dev.afterword.db.workspace.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to do next, from what earlier follow-ups taught and from whom none serves. */
final class Proposals {
    private Proposals() {}

    static List<Proposal> of(
            List<FollowUp> live,
            List<Worked> worked,
            Optional<Timing> hour,
            Optional<Timing> delay,
            Map<String, Long> stages) {
        var proposals = new ArrayList<Proposal>();
        var on = worked.stream().filter(one -> one.followUp().enabled()).toList();
        for (var one : on) {
            switch (one.lift().verdict()) {
                case LESS -> proposals.add(new Proposal.SwitchOff(one));
                case NONE -> proposals.add(new Proposal.ChangeOrStop(one));
                case MORE -> proposals.add(new Proposal.DoMore(one));
                case OPEN -> {
                    if (!one.compared() && one.followUp().shown().purpose() != Purpose.SERVICE) {
                        proposals.add(new Proposal.LeaveSomeOut(one));
                    }
                }
            }
        }
        hour.filter(timing -> timing.better() != null).ifPresent(timing -> proposals.add(new Proposal.TryHour(timing)));
        delay.filter(timing -> timing.better() != null)
                .ifPresent(timing -> proposals.add(new Proposal.TryDelay(timing)));
        stages.entrySet().stream()
                .filter(stage -> stage.getValue() >= Estimate.ENOUGH)
                .filter(stage -> live.stream()
                        .filter(FollowUp::enabled)
                        .noneMatch(followUp -> serves(followUp.shown(), stage.getKey())))
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(stage -> proposals.add(new Proposal.ServeStage(stage.getKey(), stage.getValue())));
        return List.copyOf(proposals);
    }

    /** Whether tips or news go to people of a stage: it begins there, its audience names it, or it is for all who buy. */
    private static boolean serves(FollowUpDefinition definition, String stage) {
        if (definition.purpose() == Purpose.QUESTIONS || definition.purpose() == Purpose.SERVICE) {
            return false;
        }
        if (definition.trigger() instanceof Trigger.StageEntered entered) {
            return entered.stage().equals(stage);
        }
        var named = named(definition.audience());
        return named.isEmpty()
                ? !stage.equals("prospect") || !definition.trigger().perOrder()
                : named.contains(stage);
    }

    private static List<String> named(@Nullable Rule rule) {
        return switch (rule) {
            case null -> List.of();
            case Rule.All all ->
                all.rules().stream().flatMap(one -> named(one).stream()).toList();
            case Rule.Any any ->
                any.rules().stream().flatMap(one -> named(one).stream()).toList();
            case Rule.Not _ -> List.of();
            case Rule.Test test -> {
                var value = test.value();
                yield test.fact().equals("contact.stage") && value != null ? List.of(value.text()) : List.of();
            }
        };
    }
}
