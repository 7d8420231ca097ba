package dev.afterword.db.reward;

import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.EventReader;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Gives rewards for answers that came in, by whatever way they came. */
@Component
class GiveForAnswers implements EventReader {
    private final GiveRewards giveRewards;

    GiveForAnswers(GiveRewards giveRewards) {
        this.giveRewards = giveRewards;
    }

    @Override
    public String name() {
        return "rewards";
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(EventKind.RESPONSE_GIVEN, EventKind.RESPONSE_CHANGED);
    }

    /** A response has the id of its invitation. */
    @Override
    public Mono<Void> handle(UUID workspaceId, List<Event> events) {
        return giveRewards.give(
                workspaceId,
                events.stream()
                        .filter(event -> !event.imported())
                        .map(Event::subjectId)
                        .collect(Collectors.toSet()));
    }
}
