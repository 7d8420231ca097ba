package dev.afterword.db.followup;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.followup.Enrollments.Beginning;
import dev.afterword.db.followup.journey.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
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
    private final PlanAgain again;
    private final DatabaseTime time;
    private final Transactions transactions;

    StartByHand(
            FollowUps followUps,
            Segment segment,
            Enrollments enrollments,
            PlanAgain again,
            DatabaseTime time,
            Transactions transactions) {
        this.followUps = followUps;
        this.segment = segment;
        this.enrollments = enrollments;
        this.again = again;
        this.time = time;
        this.transactions = transactions;
    }

    /**
     * How many began: all or none, and two who start it at the same moment do so one after the other. Who is not come to at once is left to the worker. Fails with
     * {@code follow-up.not-by-hand} for one that something else begins, and {@code follow-up.off} for one that is not switched on.
     */
    public Mono<Integer> start(Key key) {
        return everybody(key)
                .flatMap(ready -> transactions
                        .run(begin(key, ready))
                        .flatMap(begun -> again.plan(key, begun, ready.now()).thenReturn(begun.size())));
    }

    private Mono<List<UUID>> begin(Key key, Ready ready) {
        return followUps
                .findLocked(key)
                .flatMap(followUp -> Flux.fromIterable(ready.found())
                        .buffer(BATCH)
                        .concatMap(page -> enrollments
                                .begin(followUp, ready.published(), page, ready.now())
                                .flatMap(begun -> enrollments
                                        .lookAt(key.workspaceId(), begun, ready.now())
                                        .thenReturn(begun)))
                        .flatMapIterable(begun -> begun)
                        .collectList());
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
