package dev.afterword.db.followup;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Counts how many people a follow-up would write to if it were switched on now. */
@Component
public class CountReach {
    private static final int MOST = 10_000;

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
     * @param more whether more than 10,000 are on their way through it: these were looked at, the others not
     */
    public record Reach(long today, long later, boolean more) {}

    /** Otherwise {@code follow-up.unknown}. */
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
                    return courses(found.getT2(), workspace, now).map(courses -> {
                        var decisions = courses.stream()
                                .flatMap(course -> Stream.ofNullable(course.decision()))
                                .filter(decision -> decision.planned() && decision.step() instanceof Step.Ask)
                                .toList();
                        return new Reach(
                                people(decisions, decision -> decision.due().isBefore(endOfDay)),
                                people(decisions, decision -> !decision.due().isBefore(endOfDay)),
                                courses.size() > MOST);
                    });
                });
    }

    private Mono<List<Course>> courses(FollowUp followUp, Workspace workspace, Instant now) {
        var on = followUp.asIfOn(now);
        return again.pages(followUp.key())
                .concatMap(page -> advance.decide(on, workspace, page, now), 1)
                .flatMapIterable(courses -> courses)
                .take(MOST + 1)
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
