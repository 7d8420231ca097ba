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
import dev.afterword.db.workspace.Workspaces;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Keeps by which day a customer was promised to hear of us again. Their next answer of ours, a call or something given keeps it; see {@link WatchCases} for what happens otherwise. */
@Component
public class PromiseInCase {
    private static final int MOST_DAYS = 365;

    private final Cases cases;
    private final CaseAlarms alarms;
    private final Workspaces workspaces;
    private final Events events;
    private final DatabaseTime time;
    private final Transactions transactions;

    PromiseInCase(
            Cases cases,
            CaseAlarms alarms,
            Workspaces workspaces,
            Events events,
            DatabaseTime time,
            Transactions transactions) {
        this.cases = cases;
        this.alarms = alarms;
        this.workspaces = workspaces;
        this.events = events;
        this.time = time;
        this.transactions = transactions;
    }

    /** Until the end of that day in the workspace’s zone, in place of what was promised before. Otherwise {@code case.promise-day} or {@code case.closed}. */
    public Mono<Void> promise(Key key, @Nullable UUID staffId, LocalDate day) {
        return Mono.zip(until(key, day), time.now())
                .flatMap(read -> transactions.run(cases.lock(key)
                        .flatMap(found -> found.status().running()
                                ? keep(found, staffId, read.getT1(), read.getT2())
                                : Mono.error(new Conflict("case.closed")))));
    }

    /** The end of that day; otherwise {@code case.promise-day}. */
    public Mono<Instant> until(Key key, LocalDate day) {
        return Mono.zip(workspaces.findById(key.workspaceId()), time.now()).map(read -> {
            var zone = read.getT1().zone();
            var today = LocalDate.ofInstant(read.getT2(), zone);
            if (day.isBefore(today) || day.isAfter(today.plusDays(MOST_DAYS))) {
                throw new Rejected("case.promise-day", "promised", MOST_DAYS);
            }
            return day.plusDays(1).atStartOfDay(zone).toInstant().minusSeconds(60);
        });
    }

    private Mono<Void> keep(Case found, @Nullable UUID staffId, Instant until, Instant now) {
        var key = found.key();
        return alarms.promise(key, until)
                .then(cases.add(
                        Addition.changed(key, staffId, null, Map.of("promised", new Change("", until.toString()))),
                        now))
                .then(events.append(
                        Event.of(key.workspaceId(), EventKind.CASE_CHANGED, key.id(), found.contactId(), false, now)));
    }
}
