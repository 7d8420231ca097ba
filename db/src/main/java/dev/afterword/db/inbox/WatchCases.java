package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Columns;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import dev.afterword.db.inbox.CaseAlarms.Kind;
import dev.afterword.db.inbox.CaseAlarms.Rung;
import dev.afterword.db.inbox.CaseEntry.Change;
import dev.afterword.db.inbox.notice.Notice;
import dev.afterword.db.inbox.notice.NoticeKind;
import dev.afterword.db.inbox.notice.StaffNotices;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What time does to cases: staff is told of what is due and of what is late, the owners of what stays late, and what was put off comes back. */
@Component
public class WatchCases {
    private final CaseAlarms alarms;
    private final Cases cases;
    private final StaffNotices notices;
    private final Events events;
    private final DatabaseClient database;
    private final DatabaseTime time;
    private final Transactions transactions;

    WatchCases(
            CaseAlarms alarms,
            Cases cases,
            StaffNotices notices,
            Events events,
            DatabaseClient database,
            DatabaseTime time,
            Transactions transactions) {
        this.alarms = alarms;
        this.cases = cases;
        this.notices = notices;
        this.events = events;
        this.database = database;
        this.time = time;
        this.transactions = transactions;
    }

    /** One round over all workspaces in which time does something; true when it did. */
    public Mono<Boolean> round() {
        return time.now()
                .flatMap(now -> alarms.due(now)
                        .concatMap(workspaceId -> transactions.run(watch(workspaceId, now)), 1)
                        .reduce(false, (some, did) -> some || did));
    }

    private Mono<Boolean> watch(UUID workspaceId, Instant now) {
        return alarms.ring(workspaceId, now)
                .flatMap(rung -> broken(workspaceId, rung, now)
                        .then(escalate(workspaceId, rung, now))
                        .flatMap(escalated -> back(workspaceId, now).flatMap(back -> {
                            var told = new ArrayList<>(back);
                            rung.stream()
                                    .filter(one -> one.kind() != Kind.ESCALATED || escalated.contains(one.caseId()))
                                    .map(WatchCases::notice)
                                    .forEach(told::add);
                            return notices.plan(workspaceId, told, now).thenReturn(!rung.isEmpty() || !back.isEmpty());
                        })));
    }

    private static Notice notice(Rung rung) {
        return switch (rung.kind()) {
            case SOON -> notice(NoticeKind.DUE_SOON, rung, rung.detail(), rung.ownerId());
            case BREACHED -> notice(NoticeKind.BREACHED, rung, rung.detail(), rung.ownerId());
            // Once for each case, whichever of its times passed.
            case ESCALATED -> notice(NoticeKind.ESCALATED, rung, "once", null);
        };
    }

    private static Notice notice(NoticeKind kind, Rung rung, String occasion, @Nullable UUID whom) {
        return new Notice(kind, rung.caseId(), occasion, null, rung.detail(), whom, null);
    }

    private record Changed(
            UUID id, @Nullable UUID contactId, @Nullable UUID ownerId, String before) {}

    /** What is still late so long after its time is urgent, and says why in its history. The cases that became so now. */
    private Mono<List<UUID>> escalate(UUID workspaceId, List<Rung> rung, Instant now) {
        var late = rung.stream()
                .filter(one -> one.kind() == Kind.ESCALATED)
                .collect(Collectors.toMap(Rung::caseId, Function.identity(), (one, other) -> one));
        if (late.isEmpty()) {
            return Mono.just(List.of());
        }
        return changed(database.sql("""
                        with before as (
                            select k.id, k.priority from support_case k
                            where k.workspace_id = $1 and k.id = any($2) and k.escalated_at is null and k.status in ('open', 'waiting') order by k.id for update)
                        update support_case k set escalated_at = $3, priority = 1, version = version + 1 from before b
                        where k.workspace_id = $1 and k.id = b.id returning k.id, k.contact_id, k.owner_id, b.priority::text as before
                        """)
                        .bind(0, workspaceId)
                        .bind(1, Columns.array(late.keySet(), UUID.class, id -> id))
                        .bind(2, now))
                .flatMap(escalated -> Flux.fromIterable(escalated)
                        .concatMap(one -> cases.add(
                                Addition.changed(new Key(workspaceId, one.id()), null, null, urgent(one, late)), now))
                        .then(tell(workspaceId, escalated, now))
                        .thenReturn(escalated.stream().map(Changed::id).toList()));
    }

    /** What was promised and did not come is ours to do again, soon, and no longer put off. */
    private Mono<Void> broken(UUID workspaceId, List<Rung> rung, Instant now) {
        var promises = rung.stream()
                .filter(one -> one.due().equals("promise"))
                .collect(Collectors.toMap(Rung::caseId, Function.identity(), (one, other) -> one));
        if (promises.isEmpty()) {
            return Mono.empty();
        }
        return changed(database.sql("""
                        with before as (
                            select k.id, k.status, k.priority from support_case k
                            where k.workspace_id = $1 and k.id = any($2) and k.status in ('open', 'waiting') order by k.id for update)
                        update support_case k set status = 'open', priority = least(k.priority, 2), snoozed_until = null, version = version + 1 from before b
                        where k.workspace_id = $1 and k.id = b.id returning k.id, k.contact_id, k.owner_id, b.status || ' ' || b.priority as before
                        """)
                        .bind(0, workspaceId)
                        .bind(1, Columns.array(promises.keySet(), UUID.class, id -> id)))
                .flatMap(raised -> Flux.fromIterable(raised)
                        .concatMap(one -> cases.add(
                                Addition.changed(new Key(workspaceId, one.id()), null, null, broken(one, promises)),
                                now))
                        .then(tell(workspaceId, raised, now)));
    }

    private static Map<String, Change> broken(Changed one, Map<UUID, Rung> promises) {
        var before = one.before().split(" ", 2);
        var changes = new HashMap<String, Change>();
        changes.put(
                "promiseBroken",
                new Change(
                        "",
                        Objects.requireNonNull(promises.get(one.id())).dueAt().toString()));
        if (!before[0].equals("open")) {
            changes.put("status", new Change(before[0], "open"));
        }
        if (Integer.parseInt(before[1]) > 2) {
            changes.put("priority", new Change(before[1], "2"));
        }
        return changes;
    }

    /** Whether a first answer or a solution was due that long ago says why it became urgent. */
    private static Map<String, Change> urgent(Changed one, Map<UUID, Rung> late) {
        var due = Objects.requireNonNull(late.get(one.id())).due();
        var why = Map.entry("escalated", new Change("", due));
        return one.before().equals("1")
                ? Map.ofEntries(why)
                : Map.ofEntries(Map.entry("priority", new Change(one.before(), "1")), why);
    }

    private static Map<String, Change> shown(Changed one) {
        return Map.of("snoozedUntil", new Change(Instant.parse(one.before()).toString(), ""));
    }

    /** Cases whose time out of sight is over, and whom to tell. */
    private Mono<List<Notice>> back(UUID workspaceId, Instant now) {
        return changed(database.sql("""
                        with due as (
                            select k.id, k.snoozed_until from support_case k
                            where k.workspace_id = $1 and k.snoozed_until <= $2 and k.status in ('open', 'waiting') order by k.id limit 500 for update skip locked)
                        update support_case k set snoozed_until = null, version = version + 1 from due d
                        where k.workspace_id = $1 and k.id = d.id
                        returning k.id, k.contact_id, k.owner_id, to_char(d.snoozed_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as before
                        """).bind(0, workspaceId).bind(1, now))
                .flatMap(found -> Flux.fromIterable(found)
                        .concatMap(one -> cases.add(
                                Addition.changed(new Key(workspaceId, one.id()), null, null, shown(one)), now))
                        .then(tell(workspaceId, found, now))
                        .thenReturn(found.stream()
                                .filter(one -> one.ownerId() != null)
                                .map(one -> new Notice(
                                        NoticeKind.RETURNED, one.id(), one.before(), null, null, one.ownerId(), null))
                                .toList()));
    }

    private static Mono<List<Changed>> changed(DatabaseClient.GenericExecuteSpec statement) {
        return statement
                .map((Readable row) -> new Changed(
                        value(row, "id", UUID.class),
                        row.get("contact_id", UUID.class),
                        row.get("owner_id", UUID.class),
                        value(row, "before", String.class)))
                .all()
                .collectList();
    }

    private Mono<Void> tell(UUID workspaceId, List<Changed> changed, Instant now) {
        return events.append(changed.stream()
                .map(one -> Event.of(workspaceId, EventKind.CASE_CHANGED, one.id(), one.contactId(), false, now))
                .toList());
    }
}
