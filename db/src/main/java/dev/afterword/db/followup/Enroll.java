package dev.afterword.db.followup;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.EventReader;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes every order that comes in or changes through the workspace's follow-ups, and plans the reminder when an ask was accepted. */
@Component
class Enroll implements EventReader {
    private final FollowUps followUps;
    private final PlanAsks asks;
    private final PlanReminders reminders;
    private final DatabaseTime time;

    Enroll(FollowUps followUps, PlanAsks asks, PlanReminders reminders, DatabaseTime time) {
        this.followUps = followUps;
        this.asks = asks;
        this.reminders = reminders;
        this.time = time;
    }

    @Override
    public String name() {
        return "follow-ups";
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(
                EventKind.ORDER_ADDED,
                EventKind.ORDER_CHANGED,
                EventKind.SEND_FINISHED,
                EventKind.RESPONSE_GIVEN,
                EventKind.RESPONSE_CHANGED,
                EventKind.RESPONSE_JUDGED);
    }

    @Override
    public Mono<Void> handle(UUID workspaceId, List<Event> events) {
        var orders = events.stream()
                .filter(event -> event.kind() == EventKind.ORDER_ADDED || event.kind() == EventKind.ORDER_CHANGED)
                .toList();
        var sends = subjects(events, event -> event.kind() == EventKind.SEND_FINISHED && !event.imported());
        var judged = subjects(events, event -> event.kind() == EventKind.RESPONSE_JUDGED);
        var responses = subjects(
                events,
                event -> (event.kind() == EventKind.RESPONSE_GIVEN || event.kind() == EventKind.RESPONSE_CHANGED)
                        && !event.imported());
        responses.addAll(judged);
        return time.now()
                .flatMap(now -> followUps
                        .of(workspaceId)
                        .flatMapMany(Flux::fromIterable)
                        .concatMap(followUp -> orders.isEmpty()
                                ? Mono.empty()
                                : asks.plan(followUp.key(), subjects(orders, event -> true), onlyImported(orders), now))
                        .then(reminders.plan(workspaceId, sends, now))
                        .then(reminders.stop(workspaceId, responses, now))
                        .then(reminders.planAgain(workspaceId, judged, now)));
    }

    private static Set<UUID> subjects(List<Event> events, Predicate<Event> which) {
        return events.stream().filter(which).map(Event::subjectId).collect(Collectors.toSet());
    }

    /** Orders of which all events are imported history: one live event among them makes an order live. */
    private static Set<UUID> onlyImported(List<Event> orders) {
        var imported = subjects(orders, Event::imported);
        imported.removeAll(subjects(orders, event -> !event.imported()));
        return imported;
    }
}
