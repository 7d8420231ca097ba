package dev.afterword.db.followup.journey;

import dev.afterword.db.workspace.Purpose;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what keeps a follow-up from being switched on. */
public final class FollowUpCheck {
    private static final Set<String> STAGES = Set.of("prospect", "customer", "client", "supporter", "advocate");

    private final FollowUpDefinition definition;
    private final Set<String> surveys;
    private final List<Finding> found = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private final Set<String> asks = new HashSet<>();

    private FollowUpCheck(FollowUpDefinition definition, Set<String> surveys) {
        this.definition = definition;
        this.surveys = surveys;
    }

    /**
     * Something that is wrong.
     *
     * @param code its text stands under {@code problem.<code>}, with the arguments as {0}, {1} …
     * @param step the key of the step; null where it is about the whole
     */
    public record Finding(String code, @Nullable String step, List<Object> arguments) {}

    /**
     * What is wrong; empty when it can be switched on.
     *
     * @param surveys the keys of the workspace's surveys that are published
     */
    public static List<Finding> of(FollowUpDefinition definition, Set<String> surveys) {
        var check = new FollowUpCheck(definition, surveys);
        check.whole();
        check.steps(definition.steps());
        check.found.addAll(RewardCheck.of(definition));
        return List.copyOf(check.found);
    }

    private void whole() {
        var trigger = definition.trigger();
        switch (trigger) {
            case Trigger.ResponseGiven given -> survey(null, given.survey());
            case Trigger.NoResponse none -> survey(null, none.survey());
            case Trigger.StageEntered entered -> {
                if (!STAGES.contains(entered.stage())) {
                    add("follow-up.stage-unknown", null, entered.stage());
                }
            }
            case Trigger.SegmentEntered _, Trigger.ByHand _ -> {
                if (definition.audience() == null) {
                    add("follow-up.audience-needed", null);
                }
            }
            case Trigger.OrderReaches _,
                    Trigger.CaseClosed _,
                    Trigger.TopicChanged _,
                    Trigger.AttributeDay _,
                    Trigger.SinceLastOrder _ -> {}
        }
        if (definition.goal() instanceof Goal.Answer answer) {
            survey(null, answer.survey());
        }
        if (definition.purpose() == Purpose.SERVICE && definition.holdout() > 0) {
            add("follow-up.service-holdout", null);
        }
        if (definition.allSteps().stream().noneMatch(step -> !(step instanceof Step.Wait))) {
            add("follow-up.nothing-to-do", null);
        }
    }

    private void steps(List<Step> steps) {
        for (var step : steps) {
            if (!keys.add(step.key())) {
                add("follow-up.key-twice", step.key(), step.key());
            }
            step(step);
            step.ways().forEach(way -> steps(way.steps()));
        }
    }

    private void step(Step step) {
        switch (step) {
            case Step.Wait wait -> {
                if (wait.days() == 0 && wait.hours() == 0 && wait.at() == null) {
                    add("follow-up.wait-for-nothing", step.key());
                }
            }
            case Step.AwaitDelivery _ -> {
                if (!definition.trigger().perOrder()) {
                    add("follow-up.delivery-without-order", step.key());
                }
            }
            case Step.Ask ask -> {
                survey(step.key(), ask.survey());
                asks.add(step.key());
            }
            case Step.Remind remind -> {
                if (!asks.contains(remind.ask())) {
                    add("follow-up.remind-without-ask", step.key(), remind.ask());
                }
            }
            case Step.Mail mail -> {
                if (mail.content() == null) {
                    add("follow-up.mail-empty", step.key());
                }
            }
            case Step.Branch branch -> {
                if (branch.cases().isEmpty()) {
                    add("follow-up.branch-empty", step.key());
                }
                distinct(step);
            }
            case Step.Split split -> {
                if (split.arms().size() < 2) {
                    add("follow-up.split-needs-two", step.key());
                }
                distinct(step);
            }
            case Step.SetAttribute _, Step.CallEndpoint _, Step.GiveReward _, Step.OpenCase _, Step.End _ -> {}
        }
    }

    private void distinct(Step step) {
        var ways = step.ways().stream().map(Step.Way::key).toList();
        ways.stream()
                .filter(key -> ways.indexOf(key) != ways.lastIndexOf(key))
                .findFirst()
                .ifPresent(key -> add("follow-up.way-twice", step.key(), key));
    }

    private void survey(@Nullable String step, String survey) {
        if (!surveys.contains(survey)) {
            add("follow-up.survey-unknown", step, survey);
        }
    }

    private void add(String code, @Nullable String step, Object... arguments) {
        found.add(new Finding(code, step, Stream.of(arguments).toList()));
    }
}
