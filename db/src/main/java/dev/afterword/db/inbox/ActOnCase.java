package dev.afterword.db.inbox;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What staff does with a case. Whoever changes what somebody else has changed meanwhile is told, and what they said is added all the same. */
@Component
public class ActOnCase {
    private static final int LONGEST = 20_000;

    private final Cases cases;
    private final OpenCase openCase;
    private final Memberships memberships;
    private final Events events;
    private final DatabaseClient database;
    private final DatabaseTime time;
    private final Transactions transactions;

    ActOnCase(
            Cases cases,
            OpenCase openCase,
            Memberships memberships,
            Events events,
            DatabaseClient database,
            DatabaseTime time,
            Transactions transactions) {
        this.cases = cases;
        this.openCase = openCase;
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
        return time.now()
                .flatMap(now -> transactions.run(cases.lock(key).flatMap(found -> {
                    if (seen != null && seen != found.version()) {
                        return Mono.error(new Conflict("case.changed-meanwhile"));
                    }
                    var changed = change.apply(found, now);
                    var told = told(found, changed);
                    return told.isEmpty()
                            ? Mono.just(found)
                            : member(changed, found)
                                    .then(Mono.defer(() -> cases.update(changed)))
                                    .flatMap(saved -> cases.add(Addition.changed(key, staffId, told), now)
                                            .then(events.append(Event.of(
                                                    key.workspaceId(),
                                                    kind(found, saved),
                                                    key.id(),
                                                    saved.contactId(),
                                                    false,
                                                    now)))
                                            .thenReturn(saved));
                })));
    }

    /** The same with many at once, as far as each can be; how many were changed. */
    public Mono<Integer> changeAll(
            UUID workspaceId, List<UUID> ids, @Nullable UUID staffId, BiFunction<Case, Instant, Case> change) {
        return Flux.fromIterable(ids)
                .concatMap(id -> change(new Key(workspaceId, id), null, staffId, change)
                        .thenReturn(1)
                        .onErrorResume(Conflict.class, not -> Mono.just(0))
                        .onErrorResume(Rejected.class, not -> Mono.just(0)))
                .reduce(0, Integer::sum);
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

    private static Map<String, String> told(Case before, Case after) {
        var told = new LinkedHashMap<String, String>();
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

    private static void note(Map<String, String> told, String name, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            told.put(name, after == null ? "" : after.toString());
        }
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
                                new Addition(
                                        key,
                                        call ? CaseEntry.Kind.CALL : CaseEntry.Kind.NOTE,
                                        staffId,
                                        said,
                                        mentions,
                                        Map.of(),
                                        null,
                                        null,
                                        null),
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
                .then();
    }

    /** What happened in one goes on in another, of the same customer or of nobody known. Otherwise {@code case.merge-other}. */
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
                            return database.sql("""
                                    update support_case set version = version + 1, status = 'merged', merged_into = $3, closed_at = $4 where workspace_id = $1 and id = $2
                                    """)
                                    .bind(0, from.workspaceId())
                                    .bind(1, from.id())
                                    .bind(2, into.id())
                                    .bind(3, now)
                                    .then()
                                    .then(cases.add(
                                            Addition.changed(
                                                    from,
                                                    staffId,
                                                    Map.of(
                                                            "mergedInto",
                                                            into.id().toString())),
                                            now))
                                    .then(cases.add(
                                            Addition.changed(
                                                    into,
                                                    staffId,
                                                    Map.of("merged", from.id().toString())),
                                            now))
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
}
