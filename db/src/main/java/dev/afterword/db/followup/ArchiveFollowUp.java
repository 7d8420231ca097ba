package dev.afterword.db.followup;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Puts a follow-up away and takes it out again: away it is switched off, out it stays off until somebody switches it on. */
@Component
public class ArchiveFollowUp {
    private final FollowUps followUps;
    private final DisableFollowUp disableFollowUp;
    private final DatabaseTime time;

    ArchiveFollowUp(FollowUps followUps, DisableFollowUp disableFollowUp, DatabaseTime time) {
        this.followUps = followUps;
        this.disableFollowUp = disableFollowUp;
        this.time = time;
    }

    public Mono<FollowUp> archive(Key key) {
        return disableFollowUp
                .disable(key)
                .then(time.now())
                .flatMap(now -> followUps.archived(key, now))
                .then(followUps.find(key));
    }

    public Mono<FollowUp> takeOut(Key key) {
        return followUps.find(key).then(followUps.archived(key, null)).then(followUps.find(key));
    }
}
