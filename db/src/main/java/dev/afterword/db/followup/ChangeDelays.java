package dev.afterword.db.followup;

import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Step;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Changes when the follow-up that every workspace has writes; who is inside goes on with the new delays. */
@Component
public class ChangeDelays {
    private final FollowUps followUps;
    private final PublishFollowUp publishFollowUp;
    private final Transactions transactions;

    ChangeDelays(FollowUps followUps, PublishFollowUp publishFollowUp, Transactions transactions) {
        this.followUps = followUps;
        this.publishFollowUp = publishFollowUp;
        this.transactions = transactions;
    }

    /**
     * Otherwise {@code follow-up.unknown}, {@code follow-up.changed-meanwhile}, or {@code follow-up.own-steps} for one that has been made into something else:
     * what stands in it would be lost.
     */
    public Mono<FollowUp> change(Key followUp, Delays delays) {
        return transactions
                .run(followUps
                        .findLocked(followUp)
                        .doOnNext(ChangeDelays::check)
                        .flatMap(found -> followUps
                                .save(
                                        followUp,
                                        found.draftVersion(),
                                        found.name(),
                                        delays.definition(survey(found.shown())))
                                .flatMap(saved -> saved
                                        ? followUps.find(followUp)
                                        : Mono.error(new Conflict("follow-up.changed-meanwhile")))))
                .flatMap(saved -> publishFollowUp.publish(followUp, saved.draftVersion(), true))
                .map(PublishFollowUp.Publication::followUp);
    }

    private static void check(FollowUp followUp) {
        var shown = followUp.shown();
        if (!Delays.of(shown).definition(survey(shown)).equals(shown)) {
            throw new Rejected("follow-up.own-steps", null);
        }
    }

    private static String survey(FollowUpDefinition definition) {
        return definition.allSteps().stream()
                .filter(Step.Ask.class::isInstance)
                .map(step -> ((Step.Ask) step).survey())
                .findFirst()
                .orElse("post-purchase");
    }
}
