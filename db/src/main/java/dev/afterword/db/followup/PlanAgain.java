package dev.afterword.db.followup;

import dev.afterword.db.Key;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Decides anew about everybody who goes through a follow-up: about the first at once, page by page in short transactions, about all others when the worker comes to them. */
@Component
class PlanAgain {
    private static final int PAGE = 500;
    /** So that whoever switches a follow-up on sees what it does, and waits for seconds at most. */
    private static final int PAGES_AT_ONCE = 2;

    private static final UUID FIRST = new UUID(0, 0);

    private final Enrollments enrollments;
    private final Advance advance;

    PlanAgain(Enrollments enrollments, Advance advance) {
        this.enrollments = enrollments;
        this.advance = advance;
    }

    /** Belongs into the transaction that changes the follow-up: whatever happens after it, nobody is forgotten. */
    Mono<Void> mark(Key followUp, Instant now) {
        return enrollments.lookAtAll(followUp, now);
    }

    Mono<Void> plan(FollowUp followUp, Instant now) {
        return first(followUp.key(), pages(followUp.key()), now);
    }

    /** As {@link #plan(FollowUp, Instant)}, about these, who are marked. */
    Mono<Void> plan(Key followUp, List<UUID> marked, Instant now) {
        return first(followUp, Flux.fromIterable(marked).buffer(PAGE), now);
    }

    private Mono<Void> first(Key followUp, Flux<List<UUID>> pages, Instant now) {
        return pages.take(PAGES_AT_ONCE)
                .concatMap(page -> advance.advance(followUp, page, now), 1)
                .then();
    }

    /** Everybody who goes through it, in pages. */
    Flux<List<UUID>> pages(Key followUp) {
        return enrollments
                .page(followUp, FIRST, PAGE)
                .expand(page -> page.size() < PAGE ? Mono.empty() : enrollments.page(followUp, page.getLast(), PAGE))
                .filter(page -> !page.isEmpty());
    }
}
