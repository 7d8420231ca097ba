package dev.afterword.db.response.topic;

import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.EventReader;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Puts topics on answers as they come in and change. */
@Component
class TopicsOfAnswers implements EventReader {
    private final ApplyTopics applyTopics;

    TopicsOfAnswers(ApplyTopics applyTopics) {
        this.applyTopics = applyTopics;
    }

    @Override
    public String name() {
        return "topics";
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(EventKind.RESPONSE_GIVEN, EventKind.RESPONSE_CHANGED);
    }

    @Override
    public Mono<Void> handle(UUID workspaceId, List<Event> events) {
        return applyTopics.to(workspaceId, events.stream().map(Event::subjectId).collect(Collectors.toSet()));
    }
}
