package dev.afterword.db.followup;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Counts how many people a follow-up would write to if it were switched on now. */
@Component
public class CountReach {
    private static final int MOST_PAGES = 20;

    private final FollowUps followUps;
    private final Workspaces workspaces;
    private final Advance advance;
    private final PlanAgain again;
    private final DatabaseTime time;

    CountReach(FollowUps followUps, Workspaces workspaces, Advance advance, PlanAgain again, DatabaseTime time) {
        this.followUps = followUps;
        this.workspaces = workspaces;
        this.advance = advance;
        this.again = again;
        this.time = time;
    }

    /**
     * People who would be asked.
     *
     * @param today by the end of the workspace's day
     * @param later those whose turn comes after that
     */
    public record Reach(long today, long later) {}

    /** Looks at 10,000 who are on their way through it at most. Otherwise {@code follow-up.unknown}. */
    public Mono<Reach> of(Key key) {
        return Mono.zip(time.now(), followUps.find(key), workspaces.findById(key.workspaceId()))
                .flatMap(found -> {
                    var now = found.getT1();
                    var workspace = found.getT3();
                    var endOfDay = now.atZone(workspace.zone())
                            .toLocalDate()
                            .plusDays(1)
                            .atStartOfDay(workspace.zone())
                            .toInstant();
                    return decisions(found.getT2(), workspace, now)
                            .map(decisions -> new Reach(
                                    people(
                                            decisions,
                                            decision -> decision.due().isBefore(endOfDay)),
                                    people(
                                            decisions,
                                            decision -> !decision.due().isBefore(endOfDay))));
                });
    }

    private Mono<List<Decision>> decisions(FollowUp followUp, Workspace workspace, Instant now) {
        var on = followUp.asIfOn(now);
        return again.pages(followUp.key())
                .take(MOST_PAGES)
                .concatMap(page -> advance.decide(on, workspace, page, now))
                .flatMapIterable(courses -> courses)
                .mapNotNull(Course::decision)
                .filter(decision -> decision.planned() && decision.step() instanceof Step.Ask)
                .collectList();
    }

    private static long people(List<Decision> decisions, Predicate<Decision> which) {
        return decisions.stream()
                .filter(which)
                .map(decision -> decision.traveller().address())
                .distinct()
                .count();
    }
}
