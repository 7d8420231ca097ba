package dev.afterword.db.inbox;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import dev.afterword.db.inbox.CaseEntry.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Lets what happens in one case go on in another. */
@Component
public class MergeCases {
    private final Cases cases;
    private final CaseAlarms alarms;
    private final Events events;
    private final DatabaseClient database;
    private final DatabaseTime time;
    private final Transactions transactions;

    MergeCases(
            Cases cases,
            CaseAlarms alarms,
            Events events,
            DatabaseClient database,
            DatabaseTime time,
            Transactions transactions) {
        this.cases = cases;
        this.alarms = alarms;
        this.events = events;
        this.database = database;
        this.time = time;
        this.transactions = transactions;
    }

    /**
     * What happened in one goes on in another, of the same customer or of nobody known; where the one was ours to do, so is the other. Otherwise
     * {@code case.merge-other}.
     */
    public Mono<Case> merge(Key from, Key into, @Nullable UUID staffId) {
        if (from.equals(into)) {
            return Mono.error(new Rejected("case.merge-other", "into"));
        }
        return time.now()
                .flatMap(now -> transactions.run(Flux.just(from, into)
                        .sort((one, other) ->
                                one.id().toString().compareTo(other.id().toString()))
                        .concatMap(cases::lock)
                        .collectMap(Case::key)
                        .flatMap(both -> {
                            var source = Objects.requireNonNull(both.get(from));
                            var target = Objects.requireNonNull(both.get(into));
                            if (!source.status().running()
                                    || !target.status().running()
                                    || (source.contactId() != null
                                            && !source.contactId().equals(target.contactId()))) {
                                return Mono.error(new Conflict("case.merge-other"));
                            }
                            var taken = target.takingOver(source);
                            return database.sql("""
                                    update support_case set version = version + 1, status = 'merged', merged_into = $3, closed_at = $4 where workspace_id = $1 and id = $2
                                    """)
                                    .bind(0, from.workspaceId())
                                    .bind(1, from.id())
                                    .bind(2, into.id())
                                    .bind(3, now)
                                    .then()
                                    .then(cases.add(
                                            Addition.changed(from, staffId, null, told("mergedInto", into)), now))
                                    .then(taken.equals(target) ? Mono.empty() : cases.update(taken))
                                    .then(alarms.goOn(from, into))
                                    .then(cases.add(
                                            Addition.changed(into, staffId, null, told(target, taken, from)), now))
                                    .then(events.append(List.of(
                                            Event.of(
                                                    from.workspaceId(),
                                                    EventKind.CASE_CHANGED,
                                                    from.id(),
                                                    source.contactId(),
                                                    false,
                                                    now),
                                            Event.of(
                                                    into.workspaceId(),
                                                    EventKind.CASE_CHANGED,
                                                    into.id(),
                                                    target.contactId(),
                                                    false,
                                                    now))))
                                    .then(cases.find(into));
                        })));
    }

    private static Map<String, Change> told(Case before, Case after, Key merged) {
        var told = new LinkedHashMap<>(told("merged", merged));
        told.putAll(ActOnCase.told(before, after));
        return told;
    }

    private static Map<String, Change> told(String what, Key other) {
        return Map.of(what, new Change("", other.id().toString()));
    }
}
