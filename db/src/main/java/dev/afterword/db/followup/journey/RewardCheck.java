package dev.afterword.db.followup.journey;

import dev.afterword.db.followup.journey.FollowUpCheck.Finding;
import dev.afterword.db.reward.Gift;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds rewards that would depend on what somebody said, or on the stage where that put them: by what begins the follow-up, by who goes through it or leaves it,
 * by the way to the step, or by who is left when others were let go before it. What was noted on such a way tells it too. Goodwill may depend on all of it.
 */
final class RewardCheck {
    private final Set<String> tellingSteps = new HashSet<>();
    private final Set<String> tellingAttributes = new HashSet<>();
    private final List<Finding> found = new ArrayList<>();

    private RewardCheck() {}

    static List<Finding> of(FollowUpDefinition definition) {
        var check = new RewardCheck();
        var trigger = definition.trigger();
        check.walk(
                definition.steps(),
                trigger instanceof Trigger.StageEntered
                        || trigger instanceof Trigger.CaseClosed
                        || trigger instanceof Trigger.TopicChanged
                        || check.tells(definition.audience())
                        || check.tells(definition.exit()));
        return check.found;
    }

    /**
     * Whether somebody is let go on the way because of what they said.
     *
     * @param reached whether whoever comes here comes because of what they said
     */
    private boolean walk(List<Step> steps, boolean reached) {
        boolean here = reached;
        boolean letGo = false;
        for (var step : steps) {
            switch (step) {
                case Step.GiveReward give -> {
                    if (here && give.kind() == Gift.Kind.REWARD) {
                        found.add(new Finding("follow-up.reward-depends", give.key(), List.of()));
                    }
                }
                case Step.SetAttribute note -> {
                    if (here) {
                        tellingAttributes.add(FactKind.ATTRIBUTE.code() + note.name());
                    }
                }
                case Step.End _ -> letGo |= here;
                default -> {
                    boolean asks = step instanceof Step.Branch branch
                            && branch.cases().stream().anyMatch(one -> tells(one.rule()));
                    if (asks || here) {
                        tellingSteps.add(FactKind.STEP.code() + step.key());
                    }
                    boolean inside = here || asks;
                    for (var way : step.ways()) {
                        letGo |= walk(way.steps(), inside);
                    }
                    here |= letGo;
                }
            }
        }
        return letGo;
    }

    private boolean tells(@Nullable Rule rule) {
        return switch (rule) {
            case null -> false;
            case Rule.All all -> all.rules().stream().anyMatch(this::tells);
            case Rule.Any any -> any.rules().stream().anyMatch(this::tells);
            case Rule.Not not -> tells(not.rule());
            case Rule.Test test ->
                tellingSteps.contains(test.fact())
                        || tellingAttributes.contains(test.fact())
                        || FactKind.of(test.fact())
                                .filter(FactKind::tellsOpinion)
                                .isPresent();
        };
    }
}
