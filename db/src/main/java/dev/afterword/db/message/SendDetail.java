package dev.afterword.db.message;

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

/** What endpoints are told of a mail: which it was, and what became of it. */
@Component
class SendDetail implements EventDetail {
    private final ReadDetails read;

    SendDetail(ReadDetails read) {
        this.read = read;
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(EventKind.SEND_FINISHED, EventKind.SEND_BOUNCED, EventKind.SEND_REPORTED);
    }

    @Override
    public Mono<Map<UUID, Map<String, Object>>> of(UUID workspaceId, List<Event> events) {
        return read.of(workspaceId, events, """
                        select s.id, jsonb_strip_nulls(jsonb_build_object('step', s.step, 'state', s.state, 'reason', s.skip_reason, 'followUp', s.follow_up_id, 'order', s.order_id)) as fields
                        from send s where s.workspace_id = $1 and s.id = any($2)
                        """);
    }
}
