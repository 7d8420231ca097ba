package dev.afterword.db.followup;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.EventReader;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Lets people begin follow-ups because of what happened, and takes those who go through one as far as they come now. */
@Component
class Enroll implements EventReader {
    private final FollowUps followUps;
    private final Enrollments enrollments;
    private final FindBeginnings beginnings;
    private final Advance advance;
    private final DatabaseTime time;

    Enroll(
            FollowUps followUps,
            Enrollments enrollments,
            FindBeginnings beginnings,
            Advance advance,
            DatabaseTime time) {
        this.followUps = followUps;
        this.enrollments = enrollments;
        this.beginnings = beginnings;
        this.advance = advance;
        this.time = time;
    }

    @Override
    public String name() {
        return "follow-ups";
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(
                EventKind.ORDER_ADDED,
                EventKind.ORDER_CHANGED,
                EventKind.SEND_FINISHED,
                EventKind.RESPONSE_GIVEN,
                EventKind.RESPONSE_CHANGED,
                EventKind.RESPONSE_JUDGED,
                EventKind.CONTACT_CHANGED,
                EventKind.STAGE_MOVED,
                EventKind.TOPIC_CHANGED,
                EventKind.CASE_OPENED,
                EventKind.CASE_CHANGED,
                EventKind.CASE_CLOSED);
    }

    @Override
    public Mono<Void> handle(UUID workspaceId, List<Event> events) {
        var lived = events.stream()
                .filter(event -> !event.imported()
                        && (event.kind() == EventKind.ORDER_ADDED || event.kind() == EventKind.ORDER_CHANGED))
                .map(Event::subjectId)
                .collect(Collectors.toSet());
        var contacts =
                events.stream().map(Event::contactId).filter(Objects::nonNull).collect(Collectors.toSet());
        return time.now()
                .flatMap(now -> enrollments
                        .comeAlive(workspaceId, lived)
                        .then(begin(workspaceId, events, now))
                        .flatMap(begun -> enrollments
                                .running(workspaceId, contacts)
                                .flatMap(running -> go(workspaceId, together(begun, running), now))));
    }

    private Mono<Map<UUID, Collection<UUID>>> begin(UUID workspaceId, List<Event> events, Instant now) {
        return followUps
                .of(workspaceId)
                .flatMapMany(Flux::fromIterable)
                .concatMap(followUp -> begin(followUp, events, now)
                        .map(begun ->
                                Map.<UUID, Collection<UUID>>entry(followUp.key().id(), begun)))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<List<UUID>> begin(FollowUp followUp, List<Event> events, Instant now) {
        var published = followUp.published();
        // Orders are kept track of even while it is off: people ask why somebody did not get it, and it may be switched
        // on in time.
        if (published == null
                || (!followUp.enabled() && !published.definition().trigger().perOrder())) {
            return Mono.just(List.of());
        }
        var definition = published.definition();
        return beginnings
                .of(followUp, definition, events, now)
                .flatMap(found -> enrollments.begin(followUp, published, found, now));
    }

    private Mono<Void> go(UUID workspaceId, Map<UUID, Collection<UUID>> byFollowUp, Instant now) {
        return Flux.fromIterable(byFollowUp.entrySet())
                .concatMap(entry -> advance.advance(new Key(workspaceId, entry.getKey()), entry.getValue(), now))
                .then();
    }

    private static Map<UUID, Collection<UUID>> together(
            Map<UUID, Collection<UUID>> one, Map<UUID, Collection<UUID>> other) {
        var all = new HashMap<UUID, Collection<UUID>>();
        one.forEach((followUp, ids) ->
                all.computeIfAbsent(followUp, any -> new HashSet<>()).addAll(ids));
        other.forEach((followUp, ids) ->
                all.computeIfAbsent(followUp, any -> new HashSet<>()).addAll(ids));
        return all;
    }
}
