package dev.afterword.db.followup;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes on whoever waited in a follow-up and waits no longer. */
@Component
public class AdvanceDue {
    private static final int BATCH = 500;

    private final Enrollments enrollments;
    private final Advance advance;
    private final DatabaseTime time;

    AdvanceDue(Enrollments enrollments, Advance advance, DatabaseTime time) {
        this.enrollments = enrollments;
        this.advance = advance;
        this.time = time;
    }

    /** One round: a batch of every workspace, in turn; true when there may be more at once. */
    public Mono<Boolean> round() {
        return time.now()
                .flatMap(now -> enrollments
                        .workspacesWithDue(now)
                        .collectList()
                        .flatMapMany(Flux::fromIterable)
                        .concatMap(workspace -> round(workspace, now), 1)
                        .reduce(false, (some, full) -> some || full));
    }

    private Mono<Boolean> round(UUID workspaceId, Instant now) {
        return enrollments
                .due(workspaceId, now, BATCH)
                .flatMap(due -> Flux.fromIterable(due.entrySet())
                        .concatMap(
                                entry -> advance.advance(new Key(workspaceId, entry.getKey()), entry.getValue(), now))
                        .then(Mono.just(
                                due.values().stream().mapToInt(Collection::size).sum() == BATCH)));
    }
}
