package dev.afterword.db.followup;

import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Keeps what somebody wrote of a follow-up, unless another has changed it meanwhile; what is published stays as it is. */
@Component
public class SaveFollowUp {
    private final FollowUps followUps;

    SaveFollowUp(FollowUps followUps) {
        this.followUps = followUps;
    }

    /**
     * What is kept now. Otherwise {@code follow-up.unknown}, {@code follow-up.changed-meanwhile} or {@code follow-up.name-length}.
     *
     * @param seen the version of the draft that was changed
     */
    public Mono<FollowUp> save(Key key, int seen, String name, FollowUpDefinition definition) {
        return Mono.fromSupplier(() -> CreateFollowUp.checkedName(name))
                .flatMap(words -> followUps.save(key, seen, words, definition))
                .flatMap(kept -> followUps.find(key).map(found -> {
                    if (!kept) {
                        throw new Conflict("follow-up.changed-meanwhile");
                    }
                    return found;
                }));
    }
}
