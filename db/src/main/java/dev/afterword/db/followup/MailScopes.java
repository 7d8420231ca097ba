package dev.afterword.db.followup;

import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.followup.journey.Trigger;
import dev.afterword.db.message.mail.Block;
import dev.afterword.db.message.mail.MailScope;
import dev.afterword.db.workspace.Colour;
import dev.afterword.db.workspace.Workspace;
import java.util.List;
import java.util.Set;

/** What is known where a step of a follow-up writes. */
public final class MailScopes {
    private MailScopes() {}

    /**
     * The scope of a step.
     *
     * @param answers the questions of the survey whose answer begins the follow-up; none where something else does
     */
    public static MailScope of(
            FollowUpDefinition definition, Step.Written step, Workspace workspace, Set<String> answers) {
        return new MailScope(
                List.of(workspace.language()),
                Colour.parse(workspace.colour()).orElse(Colour.BLACK),
                definition.trigger().perOrder(),
                !(step instanceof Step.Mail),
                rewardBefore(definition.steps(), step.key()),
                answers,
                definition.trigger() instanceof Trigger.TopicChanged);
    }

    /** Whether a code was given on every way to that step. */
    private static boolean rewardBefore(List<Step> steps, String key) {
        boolean given = false;
        for (var one : steps) {
            if (one.key().equals(key)) {
                return given;
            }
            given |= one instanceof Step.GiveReward;
            for (var way : one.ways()) {
                if (within(way.steps(), key)) {
                    return given || rewardBefore(way.steps(), key);
                }
            }
        }
        return false;
    }

    private static boolean within(List<Step> steps, String key) {
        return steps.stream()
                .anyMatch(one ->
                        one.key().equals(key) || one.ways().stream().anyMatch(way -> within(way.steps(), key)));
    }

    /** Whether a mail of it says the code that it gives; otherwise the code comes in a mail of its own. */
    static boolean tellsReward(FollowUpDefinition definition) {
        return definition.allSteps().stream()
                .anyMatch(step -> step instanceof Step.Written written
                        && written.content() != null
                        && written.content().variants().values().stream()
                                .anyMatch(variant -> variant.has(Block.Reward.class)
                                        || variant.toString().contains("reward.code")));
    }
}
