package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.Unnest;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What time does to cases: each alarm rings once, and does something only where the case still waits for what was due. */
@Repository
class CaseAlarms {
    private static final int MOST = 500;

    private final DatabaseClient database;

    CaseAlarms(DatabaseClient database) {
        this.database = database;
    }

    /** What an alarm says. */
    enum Kind {
        SOON,
        BREACHED,
        ESCALATED
    }

    private record Alarm(String kind, Instant at, Instant dueAt) {}

    /**
     * One that rings for a case that still waits.
     *
     * @param due first, solve or promise
     */
    record Rung(
            UUID caseId,
            Kind kind,
            String due,
            Instant dueAt,
            @Nullable UUID ownerId) {
        /** As notices keep it. */
        String detail() {
            return due + "@" + dueAt;
        }
    }

    /** Of a case that is opened now, in the same transaction. */
    Mono<Void> set(Case opened, @Nullable UUID openedBy, CasePolicy policy, ZoneId zone) {
        var alarms = new ArrayList<Alarm>();
        add(alarms, "first", opened.firstDueAt(), policy.firstAnswer(), opened, policy, zone);
        add(alarms, "solve", opened.solveDueAt(), policy.solution(), opened, policy, zone);
        var by = openedBy == null
                ? Mono.<Void>empty()
                : database.sql("update support_case set opened_by = $3 where workspace_id = $1 and id = $2")
                        .bind(0, opened.key().workspaceId())
                        .bind(1, opened.key().id())
                        .bind(2, openedBy)
                        .then();
        return alarms.isEmpty() ? by : by.then(insert(opened, alarms));
    }

    private static void add(
            List<Alarm> alarms,
            String what,
            @Nullable Instant due,
            int hours,
            Case opened,
            CasePolicy policy,
            ZoneId zone) {
        if (due == null) {
            return;
        }
        alarms.add(new Alarm(what + "-soon", policy.soon(opened.openedAt(), zone, hours, opened.priority()), due));
        alarms.add(new Alarm(what + "-breached", due, due));
        var escalates = policy.escalates(due, zone);
        if (escalates != null) {
            alarms.add(new Alarm(what + "-escalated", escalates, due));
        }
    }

    private Mono<Void> insert(Case opened, List<Alarm> alarms) {
        return Unnest.into(
                        database.sql("""
                        insert into case_alarm (workspace_id, case_id, kind, at, due_at)
                        select $1, $2, a.* from unnest($3::text[], $4::timestamptz[], $5::timestamptz[]) a
                        """)
                                .bind(0, opened.key().workspaceId())
                                .bind(1, opened.key().id()),
                        2,
                        alarms)
                .column(String.class, Alarm::kind)
                .column(Instant.class, Alarm::at)
                .column(Instant.class, Alarm::dueAt)
                .bound()
                .then();
    }

    /** A day that a customer was promised something for, in the transaction of its caller; in place of one from before. */
    Mono<Void> promise(Key caseKey, Instant until) {
        return database.sql("""
                        insert into case_alarm (workspace_id, case_id, kind, at, due_at) values ($1, $2, 'promise-breached', $3, $3)
                        on conflict (workspace_id, case_id, kind) do update set at = $3, due_at = $3
                        """)
                .bind(0, caseKey.workspaceId())
                .bind(1, caseKey.id())
                .bind(2, until)
                .then();
    }

    /** The customer has heard of us, or the case ends: what was promised is kept. */
    Mono<Void> kept(Key caseKey) {
        return database.sql(
                        "delete from case_alarm where workspace_id = $1 and case_id = $2 and kind = 'promise-breached'")
                .bind(0, caseKey.workspaceId())
                .bind(1, caseKey.id())
                .then();
    }

    /** What was promised in a case that goes on in another is to be kept there; of two days the earlier one. */
    Mono<Void> goOn(Key from, Key into) {
        return database.sql("""
                        with gone as (
                            delete from case_alarm where workspace_id = $1 and case_id = $2 and kind = 'promise-breached' returning at, due_at)
                        insert into case_alarm (workspace_id, case_id, kind, at, due_at) select $1, $3, 'promise-breached', at, due_at from gone
                        on conflict (workspace_id, case_id, kind) do update
                        set at = least(case_alarm.at, excluded.at), due_at = least(case_alarm.due_at, excluded.due_at)
                        """)
                .bind(0, from.workspaceId())
                .bind(1, from.id())
                .bind(2, into.id())
                .then();
    }

    /** The workspaces in which one rings or a case comes back, without locking: two looks into indexes each. */
    Flux<UUID> due(Instant now) {
        return database.sql("""
                        select w.id from workspace w
                        where exists (select from case_alarm a where a.workspace_id = w.id and a.at <= $1)
                        or exists (select from support_case k where k.workspace_id = w.id and k.snoozed_until <= $1 and k.status in ('open', 'waiting'))
                        order by w.id
                        """)
                .bind(0, now)
                .mapValue(UUID.class)
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable);
    }

    /** Takes those that ring, in the transaction of its caller; another process passes over them. What is past when it would have been soon is no longer soon. */
    Mono<List<Rung>> ring(UUID workspaceId, Instant now) {
        return database.sql("""
                        with due as (
                            select case_id, kind from case_alarm where workspace_id = $1 and at <= $2 order by at limit $3 for update skip locked
                        ), rung as (
                            delete from case_alarm a using due d where a.workspace_id = $1 and a.case_id = d.case_id and a.kind = d.kind
                            returning a.case_id, a.kind, a.due_at)
                        select r.case_id, r.kind, r.due_at, k.owner_id from rung r
                        join support_case k on k.workspace_id = $1 and k.id = r.case_id and k.status in ('open', 'waiting')
                        where (r.kind not like 'first%' or k.first_answered_at is null) and (r.kind not like '%soon' or r.due_at > $2)
                        order by r.due_at, r.case_id, r.kind
                        """)
                .bind(0, workspaceId)
                .bind(1, now)
                .bind(2, MOST)
                .map((Readable row) -> {
                    var kind = value(row, "kind", String.class).split("-", 2);
                    return new Rung(
                            value(row, "case_id", UUID.class),
                            Kind.valueOf(kind[1].toUpperCase(Locale.ROOT)),
                            kind[0],
                            value(row, "due_at", Instant.class),
                            row.get("owner_id", UUID.class));
                })
                .all()
                .collectList();
    }
}
