package dev.afterword.db.endpoint;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.endpoint.PlanDeliveries.Message;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.EventReader;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells endpoints of the events that they want to hear of; of imported history nobody is told. */
@Component
class EndpointReader implements EventReader {
    private final PlanDeliveries planDeliveries;
    private final List<EventDetail> details;
    private final DatabaseTime time;

    EndpointReader(PlanDeliveries planDeliveries, List<EventDetail> details, DatabaseTime time) {
        this.planDeliveries = planDeliveries;
        this.details = details;
        this.time = time;
    }

    @Override
    public String name() {
        return "endpoint";
    }

    @Override
    public Set<EventKind> kinds() {
        return EnumSet.allOf(EventKind.class);
    }

    @Override
    public Mono<Void> handle(UUID workspaceId, List<Event> events) {
        var news = events.stream().filter(event -> !event.imported()).toList();
        var kinds = news.stream().map(event -> event.kind().code()).distinct().toList();
        return kinds.isEmpty()
                ? Mono.empty()
                : planDeliveries
                        .hearing(workspaceId, kinds)
                        .filter(hearing -> !hearing.isEmpty())
                        .flatMap(hearing -> tell(workspaceId, news, hearing));
    }

    private Mono<Void> tell(UUID workspaceId, List<Event> news, Map<String, List<String>> hearing) {
        var heard = news.stream()
                .filter(event -> hearing.values().stream()
                        .anyMatch(kinds -> kinds.contains(event.kind().code())))
                .toList();
        return Mono.zip(details(workspaceId, heard), time.now())
                .flatMap(found ->
                        planDeliveries.plan(workspaceId, messages(heard, hearing, found.getT1()), found.getT2()));
    }

    private static List<Message> messages(
            List<Event> heard, Map<String, List<String>> hearing, Map<UUID, Map<String, Object>> details) {
        return hearing.entrySet().stream()
                .flatMap(endpoint -> heard.stream()
                        .filter(event ->
                                endpoint.getValue().contains(event.kind().code()))
                        .map(event -> message(endpoint.getKey(), event, details)))
                .toList();
    }

    private static Message message(String endpoint, Event event, Map<UUID, Map<String, Object>> details) {
        var data = new LinkedHashMap<String, Object>();
        data.put("id", event.subjectId());
        var contact = event.contactId();
        if (contact != null) {
            data.put("contact", contact);
        }
        data.putAll(details.getOrDefault(event.subjectId(), Map.of()));
        Instant at = event.createdAt();
        return new Message(endpoint, event.key().id().toString(), event.kind().code(), at, data);
    }

    /** By the subject; each feature tells of its own. */
    private Mono<Map<UUID, Map<String, Object>>> details(UUID workspaceId, List<Event> heard) {
        var all = new HashMap<UUID, Map<String, Object>>();
        return Flux.fromIterable(details)
                .concatMap(detail -> {
                    var own = heard.stream()
                            .filter(event -> detail.kinds().contains(event.kind()))
                            .toList();
                    return own.isEmpty() ? Mono.empty() : detail.of(workspaceId, own);
                })
                .doOnNext(all::putAll)
                .then(Mono.just(all));
    }
}
