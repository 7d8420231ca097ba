package dev.afterword.db.order;

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

/** What endpoints are told of an order: how the shop calls it, and how far it is. */
@Component
class OrderDetail implements EventDetail {
    private final ReadDetails read;

    OrderDetail(ReadDetails read) {
        this.read = read;
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(EventKind.ORDER_ADDED, EventKind.ORDER_CHANGED);
    }

    @Override
    public Mono<Map<UUID, Map<String, Object>>> of(UUID workspaceId, List<Event> events) {
        return read.of(workspaceId, events, """
                        select o.id, jsonb_build_object('externalId', o.external_id, 'status', o.status) as fields
                        from customer_order o where o.workspace_id = $1 and o.id = any($2)
                        """);
    }
}
