package dev.afterword.db.response;

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

/** What endpoints are told of a response: to which survey, about which order, and whether somebody confirmed it. */
@Component
class ResponseDetail implements EventDetail {
    private final ReadDetails read;

    ResponseDetail(ReadDetails read) {
        this.read = read;
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(EventKind.RESPONSE_GIVEN, EventKind.RESPONSE_CHANGED, EventKind.RESPONSE_JUDGED);
    }

    @Override
    public Mono<Map<UUID, Map<String, Object>>> of(UUID workspaceId, List<Event> events) {
        return read.of(workspaceId, events, """
                        select r.id, jsonb_strip_nulls(jsonb_build_object('survey', y.key, 'order', o.external_id, 'complete', r.complete, 'confirmed', r.confirmed_at is not null)) as fields
                        from response r join survey y on y.workspace_id = $1 and y.id = r.survey_id
                        left join customer_order o on o.workspace_id = $1 and o.id = r.order_id
                        where r.workspace_id = $1 and r.id = any($2)
                        """);
    }
}
