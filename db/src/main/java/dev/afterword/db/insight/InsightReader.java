package dev.afterword.db.insight;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.EventReader;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Keeps segments as answers and deliveries arrive, and marks the days whose numbers change. */
@Component
class InsightReader implements EventReader {
    private static final Set<EventKind> OF_RESPONSES =
            Set.of(EventKind.RESPONSE_GIVEN, EventKind.RESPONSE_CHANGED, EventKind.RESPONSE_JUDGED);

    private final Segments segments;
    private final DueDays dueDays;
    private final DatabaseClient database;
    private final DatabaseTime time;

    InsightReader(Segments segments, DueDays dueDays, DatabaseClient database, DatabaseTime time) {
        this.segments = segments;
        this.dueDays = dueDays;
        this.database = database;
        this.time = time;
    }

    @Override
    public String name() {
        return "insight";
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(
                EventKind.RESPONSE_GIVEN,
                EventKind.RESPONSE_CHANGED,
                EventKind.RESPONSE_JUDGED,
                EventKind.ORDER_CHANGED,
                EventKind.SEND_FINISHED);
    }

    @Override
    public Mono<Void> handle(UUID workspaceId, List<Event> events) {
        var responses = subjects(events, OF_RESPONSES);
        var orders = subjects(events, Set.of(EventKind.ORDER_CHANGED));
        var sends = subjects(events, Set.of(EventKind.SEND_FINISHED));
        return time.now()
                .flatMap(now -> responses(workspaceId, responses, orders)
                        .flatMap(ids -> countResponses(workspaceId, ids, now))
                        .then(invitations(workspaceId, responses, orders, sends))
                        .flatMap(ids -> countInvitations(workspaceId, ids, now)));
    }

    private Mono<Void> countResponses(UUID workspaceId, List<UUID> ids, Instant now) {
        return ids.isEmpty()
                ? Mono.empty()
                : segments.fillResponses(workspaceId, ids).then(dueDays.markResponses(workspaceId, ids, now));
    }

    private Mono<Void> countInvitations(UUID workspaceId, List<UUID> ids, Instant now) {
        return ids.isEmpty()
                ? Mono.empty()
                : segments.fillInvitations(workspaceId, ids).then(dueDays.markInvitations(workspaceId, ids, now));
    }

    private Mono<List<UUID>> responses(UUID workspaceId, UUID[] responses, UUID[] orders) {
        return database.sql("""
                        select id from response where workspace_id = $1 and id = any($2)
                        union select id from response where workspace_id = $1 and order_id = any($3)
                        """)
                .bind(0, workspaceId)
                .bind(1, responses)
                .bind(2, orders)
                .mapValue(UUID.class)
                .all()
                .collectList();
    }

    /** Accepted ones: those that were answered, sent, or about an order that changed. */
    private Mono<List<UUID>> invitations(UUID workspaceId, UUID[] responses, UUID[] orders, UUID[] sends) {
        return database.sql("""
                        select i.id from invitation i where i.workspace_id = $1 and i.accepted_at is not null and i.id in (
                            select r.invitation_id from response r where r.workspace_id = $1 and r.id = any($2)
                            union select s.invitation_id from send s where s.workspace_id = $1 and s.id = any($4)
                            union select o.id from survey y join invitation o on o.workspace_id = $1 and o.survey_id = y.id and o.order_id = any($3)
                            where y.workspace_id = $1)
                        """)
                .bind(0, workspaceId)
                .bind(1, responses)
                .bind(2, orders)
                .bind(3, sends)
                .mapValue(UUID.class)
                .all()
                .collectList();
    }

    private static UUID[] subjects(List<Event> events, Set<EventKind> kinds) {
        return events.stream()
                .filter(event -> kinds.contains(event.kind()))
                .map(Event::subjectId)
                .collect(Collectors.toSet())
                .toArray(UUID[]::new);
    }
}
