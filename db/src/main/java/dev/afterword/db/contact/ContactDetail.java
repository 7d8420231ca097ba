package dev.afterword.db.contact;

import dev.afterword.db.endpoint.EventDetail;
import dev.afterword.db.endpoint.ReadDetails;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What endpoints are told of a contact: how the shop calls it, and its stage. */
@Component
class ContactDetail implements EventDetail {
    private final ReadDetails read;

    ContactDetail(ReadDetails read) {
        this.read = read;
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(EventKind.CONTACT_ADDED, EventKind.CONTACT_CHANGED, EventKind.UNSUBSCRIBED);
    }

    @Override
    public Mono<Map<UUID, Map<String, Object>>> of(UUID workspaceId, List<Event> events) {
        return read.of(workspaceId, events, """
                        select c.id, jsonb_strip_nulls(jsonb_build_object('externalId', c.external_id, 'stage', c.stage)) as fields
                        from contact c where c.workspace_id = $1 and c.id = any($2)
                        """);
    }
}
