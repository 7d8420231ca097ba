package dev.afterword.db.event;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * A feature's interest in events. The worker reads the events of one workspace in order and hands them over in batches, each process-wide once at a time per
 * workspace and reader; handling an event twice must change nothing. A batch that fails is handed over again one by one; an event that fails five times is set
 * aside.
 */
public interface EventReader {
    /** The stable name under which the position is kept. */
    String name();

    Set<EventKind> kinds();

    /** Handles events of these kinds of one workspace, at most 500, in order. */
    Mono<Void> handle(UUID workspaceId, List<Event> events);
}
