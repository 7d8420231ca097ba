package dev.afterword.db.endpoint;

import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** What a feature tells endpoints of its events beside their ids: what a receiver needs to go on, never a mail address or a name. */
public interface EventDetail {
    Set<EventKind> kinds();

    /** Fields by the subject of the event; what is missing has none. */
    Mono<Map<UUID, Map<String, Object>>> of(UUID workspaceId, List<Event> events);
}
