package dev.afterword.db.ladder;

import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.EventReader;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Moves contacts on the ladder as their orders and answers arrive. */
@Component
class LadderReader implements EventReader {
    private final MoveStages moveStages;

    LadderReader(MoveStages moveStages) {
        this.moveStages = moveStages;
    }

    @Override
    public String name() {
        return "ladder";
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(
                EventKind.ORDER_ADDED,
                EventKind.ORDER_CHANGED,
                EventKind.RESPONSE_GIVEN,
                EventKind.RESPONSE_CHANGED,
                EventKind.RESPONSE_JUDGED);
    }

    @Override
    public Mono<Void> handle(UUID workspaceId, List<Event> events) {
        var contacts =
                events.stream().map(Event::contactId).filter(Objects::nonNull).collect(Collectors.toSet());
        var withNews = events.stream()
                .filter(event -> !event.imported())
                .map(Event::contactId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return moveStages
                .move(workspaceId, contacts, contact -> !withNews.contains(contact))
                .then();
    }
}
