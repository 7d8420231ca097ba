package dev.afterword.db.inbox;

import dev.afterword.db.Key;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Says in a case, once a day, that a mail did not go out by itself because it looks as if two machines answered each other: a person must look. */
@Component
public class FallSilent {
    private static final Duration DAY = Duration.ofDays(1);

    private final Cases cases;
    private final Events events;
    private final DatabaseClient database;

    FallSilent(Cases cases, Events events, DatabaseClient database) {
        this.cases = cases;
        this.events = events;
        this.database = database;
    }

    /** What does not go out. */
    public enum Of {
        /** The word that something arrived. */
        ARRIVAL,
        /** What another help desk answers. */
        DESK
    }

    /** Joins the transaction of its caller. A case that runs is ours to look at again. */
    public Mono<Void> say(Key caseKey, Of what, Instant now) {
        var code = what.name().toLowerCase(Locale.ROOT);
        return cases.lock(caseKey)
                .filterWhen(found -> said(caseKey, code, now).map(said -> !said))
                .flatMap(found -> cases.add(
                                Addition.changed(caseKey, null, null, Map.of("silent", new CaseEntry.Change("", code))),
                                now)
                        .then(found.status().running() ? cases.ourTurn(caseKey).then() : Mono.<Void>empty())
                        .then(events.append(Event.of(
                                caseKey.workspaceId(),
                                EventKind.CASE_CHANGED,
                                caseKey.id(),
                                found.contactId(),
                                false,
                                now))));
    }

    private Mono<Boolean> said(Key caseKey, String code, Instant now) {
        return database.sql("""
                        select exists (select from case_entry e where e.workspace_id = $1 and e.case_id = $2 and e.at > $4 and e.change -> 'silent' ->> 'to' = $3)
                        """)
                .bind(0, caseKey.workspaceId())
                .bind(1, caseKey.id())
                .bind(2, code)
                .bind(3, now.minus(DAY))
                .mapValue(Boolean.class)
                .one();
    }
}
