package dev.afterword.db.followup;

import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.EventReader;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Counts again what became of the journeys of people who ordered or answered, those that are over too. */
@Component
class OutcomeReader implements EventReader {
    private static final int BATCH = 500;

    private final KeepOutcomes keepOutcomes;
    private final DatabaseClient database;

    OutcomeReader(KeepOutcomes keepOutcomes, DatabaseClient database) {
        this.keepOutcomes = keepOutcomes;
        this.database = database;
    }

    @Override
    public String name() {
        return "outcomes";
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(
                EventKind.ORDER_ADDED,
                EventKind.ORDER_CHANGED,
                EventKind.RESPONSE_GIVEN,
                EventKind.RESPONSE_CHANGED,
                EventKind.RESPONSE_JUDGED,
                EventKind.CASE_OPENED,
                EventKind.CASE_CLOSED);
    }

    @Override
    public Mono<Void> handle(UUID workspaceId, List<Event> events) {
        var contacts = events.stream()
                .map(Event::contactId)
                .filter(Objects::nonNull)
                .distinct()
                .toArray(UUID[]::new);
        var orders = events.stream()
                .filter(event -> event.kind() == EventKind.ORDER_CHANGED)
                .map(Event::subjectId)
                .distinct()
                .toArray(UUID[]::new);
        return database.sql("""
                        select enrollment_id from outcome where workspace_id = $1 and contact_id = any($2)
                        union select id from enrollment where workspace_id = $1 and order_id = any($3)
                        """)
                .bind(0, workspaceId)
                .bind(1, contacts)
                .bind(2, orders)
                .mapValue(UUID.class)
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .buffer(BATCH)
                .concatMap(page -> keepOutcomes.keep(workspaceId, page))
                .then();
    }
}
