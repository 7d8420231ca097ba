package dev.afterword.db.followup;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.followup.Enrollments.Beginning;
import dev.afterword.db.followup.journey.Trigger;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Starts a follow-up for everybody in its audience, because somebody says so. */
@Component
public class StartByHand {
    private static final int BATCH = 500;

    private final FollowUps followUps;
    private final Segment segment;
    private final Enrollments enrollments;
    private final Advance advance;
    private final DatabaseTime time;
    private final Transactions transactions;

    StartByHand(
            FollowUps followUps,
            Segment segment,
            Enrollments enrollments,
            Advance advance,
            DatabaseTime time,
            Transactions transactions) {
        this.followUps = followUps;
        this.segment = segment;
        this.enrollments = enrollments;
        this.advance = advance;
        this.time = time;
        this.transactions = transactions;
    }

    /**
     * How many began. Fails with {@code follow-up.not-by-hand} for one that something else begins, and {@code follow-up.off} for one that is not switched on.
     */
    public Mono<Integer> start(Key key) {
        return everybody(key)
                .flatMap(ready -> Flux.fromIterable(ready.found())
                        .buffer(BATCH)
                        .concatMap(page -> transactions.run(begin(key, ready, page)))
                        .reduce(0, Integer::sum));
    }

    /** Two who start it at the same moment do so one after the other. */
    private Mono<Integer> begin(Key key, Ready ready, List<Beginning> page) {
        return followUps
                .findLocked(key)
                .flatMap(followUp -> enrollments.begin(followUp, ready.published(), page, ready.now()))
                .flatMap(begun -> advance.advance(key, begun, ready.now()).thenReturn(begun.size()));
    }

    /** How many it would begin for. Fails as {@link #start} does. */
    public Mono<Integer> count(Key key) {
        return everybody(key)
                .flatMap(ready -> Flux.fromIterable(ready.found())
                        .buffer(BATCH)
                        .concatMap(page -> enrollments.count(
                                ready.followUp(), ready.published().definition(), page))
                        .reduce(0, Integer::sum));
    }

    private record Ready(FollowUp followUp, FollowUp.Published published, List<Beginning> found, Instant now) {}

    private Mono<Ready> everybody(Key key) {
        return time.now()
                .flatMap(now -> followUps.find(key).flatMap(followUp -> {
                    var published = followUp.published();
                    if (published == null || !(published.definition().trigger() instanceof Trigger.ByHand)) {
                        return Mono.error(new Conflict("follow-up.not-by-hand"));
                    }
                    if (!followUp.enabled()) {
                        return Mono.error(new Conflict("follow-up.off"));
                    }
                    return segment.everybody(followUp, published.definition(), "/" + now, now)
                            .map(found -> new Ready(followUp, published, found, now));
                }));
    }
}
