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
import dev.afterword.db.workspace.Memberships;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What staff does with a case. Whoever changes what somebody else has changed meanwhile is told, and what they said is added all the same. */
@Component
public class ActOnCase {
    private static final int LONGEST = 20_000;

    private final Cases cases;
    private final OpenCase openCase;
    private final CaseAlarms alarms;
    private final Memberships memberships;
    private final Events events;
    private final DatabaseClient database;
    private final DatabaseTime time;
    private final Transactions transactions;

    ActOnCase(
            Cases cases,
            OpenCase openCase,
            CaseAlarms alarms,
            Memberships memberships,
            Events events,
            DatabaseClient database,
            DatabaseTime time,
            Transactions transactions) {
        this.cases = cases;
        this.openCase = openCase;
        this.alarms = alarms;
        this.memberships = memberships;
        this.events = events;
        this.database = database;
        this.time = time;
        this.transactions = transactions;
    }

    public Mono<Case> open(OpenCase.Opening opening) {
        return time.now().flatMap(now -> transactions.run(openCase.open(opening, now)));
    }

    /**
     * Changes it, and notes what was changed. Otherwise {@code case.unknown}, {@code case.changed-meanwhile}, or what the change itself refuses.
     *
     * @param seen the version that the change is meant for; null for whatever stands there
     * @param staffId null for the shop's own program
     */
    public Mono<Case> change(
            Key key, @Nullable Integer seen, @Nullable UUID staffId, BiFunction<Case, Instant, Case> change) {
        return change(key, seen, staffId, null, change).map(Changed::now);
    }

    /** What became of a change. */
    record Changed(Case now, boolean other) {}

    Mono<Changed> change(
            Key key,
            @Nullable Integer seen,
            @Nullable UUID staffId,
            @Nullable UUID batchId,
            BiFunction<Case, Instant, Case> change) {
        return time.now()
                .flatMap(now -> transactions.run(cases.lock(key).flatMap(found -> {
                    if (seen != null && seen != found.version()) {
                        return Mono.error(new Conflict("case.changed-meanwhile"));
                    }
                    var changed = change.apply(found, now);
                    var told = told(found, changed);
                    return told.isEmpty()
                            ? Mono.just(new Changed(found, false))
                            : member(changed, found)
                                    .then(Mono.defer(() -> cases.update(changed)))
                                    .flatMap(saved -> cases.add(Addition.changed(key, staffId, batchId, told), now)
                                            .then(saved.status().running() ? Mono.empty() : alarms.kept(key))
                                            .then(events.append(Event.of(
                                                    key.workspaceId(),
                                                    kind(found, saved),
                                                    key.id(),
                                                    saved.contactId(),
                                                    false,
                                                    now)))
                                            .thenReturn(new Changed(saved, true)));
                })));
    }

    /** Only who belongs to the workspace can own a case. */
    private Mono<Void> member(Case changed, Case found) {
        var owner = changed.ownerId();
        return owner == null || owner.equals(found.ownerId())
                ? Mono.empty()
                : memberships.find(changed.key().workspaceId(), owner).then();
    }

    private static EventKind kind(Case before, Case after) {
        if (before.status().running() && !after.status().running()) {
            return after.status() == CaseStatus.CLOSED ? EventKind.CASE_CLOSED : EventKind.CASE_CHANGED;
        }
        return !before.status().running() && after.status().running() ? EventKind.CASE_OPENED : EventKind.CASE_CHANGED;
    }

    static Map<String, Change> told(Case before, Case after) {
        var told = new LinkedHashMap<String, Change>();
        note(told, "status", before.status().code(), after.status().code());
        note(told, "kind", before.kind().code(), after.kind().code());
        note(told, "priority", before.priority(), after.priority());
        note(told, "owner", before.ownerId(), after.ownerId());
        note(told, "team", before.team(), after.team());
        note(told, "snoozedUntil", before.snoozedUntil(), after.snoozedUntil());
        note(
                told,
                "rootCause",
                before.rootCause() == null ? null : before.rootCause().code(),
                after.rootCause() == null ? null : after.rootCause().code());
        note(told, "topic", before.topic(), after.topic());
        return told;
    }

    private static void note(Map<String, Change> told, String name, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            told.put(name, new Change(word(before), word(after)));
        }
    }

    private static String word(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** A note for ourselves, or what was said on the phone. */
    public Mono<Void> note(Key key, @Nullable UUID staffId, String words, List<UUID> mentions, boolean call) {
        var said = words.strip();
        if (said.isEmpty() || said.length() > LONGEST) {
            return Mono.error(new Rejected("case.words-length", "words", LONGEST));
        }
        return time.now()
                .flatMap(now -> transactions.run(cases.lock(key)
                        .flatMap(found -> cases.add(
                                Addition.noted(
                                        key, call ? CaseEntry.Kind.CALL : CaseEntry.Kind.NOTE, staffId, said, mentions),
                                now))
                        .then(call ? answered(key, now, false) : Mono.empty())
                        .then(events.append(
                                Event.of(key.workspaceId(), EventKind.CASE_CHANGED, key.id(), null, false, now)))));
    }

    /** Somebody has heard of us. */
    Mono<Void> answered(Key key, Instant now, boolean waiting) {
        return database.sql("""
                        update support_case set first_answered_at = coalesce(first_answered_at, $3), version = version + 1,
                            status = case when $4 and status = 'open' then 'waiting' else status end, snoozed_until = case when $4 then null else snoozed_until end
                        where workspace_id = $1 and id = $2
                        """)
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, now)
                .bind(3, waiting)
                .then()
                .then(alarms.kept(key));
    }
}
