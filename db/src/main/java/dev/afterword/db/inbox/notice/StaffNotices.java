package dev.afterword.db.inbox.notice;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.Unnest;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Workspaces;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What staff is told of: planned with what happens, and put into a mail for each when its time has come. */
@Repository
public class StaffNotices {
    /** What waited longer, because nobody could send it, is told no more. */
    private static final Duration TOO_LATE = Duration.ofDays(3);

    private static final int MOST = 1_000;

    private final DatabaseClient database;
    private final Workspaces workspaces;
    private final Tellings tellings;

    StaffNotices(DatabaseClient database, Workspaces workspaces, Tellings tellings) {
        this.database = database;
        this.workspaces = workspaces;
        this.tellings = tellings;
    }

    private record Member(UUID staffId, Role role, Telling telling) {
        boolean concerned(Notice notice) {
            return !staffId.equals(notice.actorId())
                    && notice.kind().mayHear(role)
                    && (notice.whom() == null ? notice.kind().hears(role) : staffId.equals(notice.whom()));
        }
    }

    private record Planned(UUID staffId, Notice notice, Instant dueAt) {}

    /** Joins the transaction of its caller: who is concerned and wants to be told will be, once for each occasion. */
    public Mono<Void> plan(UUID workspaceId, List<Notice> notices, Instant now) {
        return notices.isEmpty()
                ? Mono.empty()
                : Mono.zip(workspaces.findById(workspaceId), members(workspaceId))
                        .map(found -> planned(
                                notices, found.getT2(), now, found.getT1().zone()))
                        .flatMap(planned -> insert(workspaceId, planned, now));
    }

    private static List<Planned> planned(List<Notice> notices, List<Member> members, Instant now, ZoneId zone) {
        var planned = new ArrayList<Planned>();
        for (var notice : notices) {
            for (var member : members) {
                var due = member.concerned(notice) ? member.telling().due(notice.kind(), now, zone) : null;
                if (due != null) {
                    planned.add(new Planned(member.staffId(), notice, notice.inTime(due, now)));
                }
            }
        }
        return planned;
    }

    /** Who has followed their invitation, or came by the company's account. */
    private Mono<List<Member>> members(UUID workspaceId) {
        return database.sql("""
                        select m.staff_id, m.role, m.custom_role_id, o.name as role_name, o.permissions as role_permissions, t.hour, t.choices
                        from membership m left join custom_role o on o.workspace_id = $1 and o.id = m.custom_role_id
                        join staff s on s.id = m.staff_id
                        left join staff_telling t on t.workspace_id = $1 and t.staff_id = m.staff_id
                        where m.workspace_id = $1
                            and (s.password_hash is not null or exists (select from provider_account a where a.workspace_id = $1 and a.staff_id = m.staff_id))
                        """)
                .bind(0, workspaceId)
                .map((Readable row) -> new Member(
                        value(row, "staff_id", UUID.class),
                        Role.read(row),
                        tellings.read(row.get("hour", Integer.class), row.get("choices", Json.class))))
                .all()
                .collectList();
    }

    private Mono<Void> insert(UUID workspaceId, List<Planned> planned, Instant now) {
        return planned.isEmpty()
                ? Mono.empty()
                : Unnest.into(database.sql("""
                                insert into staff_notice (workspace_id, staff_id, kind, subject_id, occasion, entry_id, detail, due_at, created_at)
                                select $1, n.*, $2 from unnest($3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::uuid[], $8::text[], $9::timestamptz[]) n
                                on conflict do nothing
                                """).bind(0, workspaceId).bind(1, now), 2, planned)
                        .column(UUID.class, Planned::staffId)
                        .column(String.class, one -> one.notice().kind().code())
                        .column(UUID.class, one -> one.notice().subjectId())
                        .column(String.class, one -> one.notice().occasion())
                        .column(UUID.class, one -> one.notice().entryId())
                        .column(String.class, one -> one.notice().detail())
                        .column(Instant.class, Planned::dueAt)
                        .bound()
                        .then();
    }

    /** The workspaces in which something is due, without locking: one look into the index each. */
    Flux<UUID> due(Instant now) {
        return database.sql("""
                        select w.id from workspace w
                        cross join lateral (select 1 from staff_notice n where n.workspace_id = w.id and n.told_at is null and n.due_at <= $1 limit 1) waiting
                        order by w.id
                        """)
                .bind(0, now)
                .mapValue(UUID.class)
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable);
    }

    /** Puts everything that is due into one mail for each, in the transaction of its caller, one process at a time. How many things were taken. */
    Mono<Integer> collect(UUID workspaceId, Instant now) {
        return database.sql("select id from workspace where id = $1 for no key update skip locked")
                .bind(0, workspaceId)
                .mapValue(UUID.class)
                .one()
                .flatMap(free -> taken(workspaceId, now))
                .flatMap(taken -> {
                    var fresh = taken.stream()
                            .filter(one -> one.dueAt().isAfter(now.minus(TOO_LATE)))
                            .toList();
                    return Flux.fromStream(fresh.stream().map(Taken::staffId).distinct())
                            .concatMap(staffId -> mail(workspaceId, staffId, fresh, now))
                            .then(Mono.just(taken.size()));
                })
                .defaultIfEmpty(0);
    }

    private record Taken(UUID staffId, String kind, UUID subjectId, String occasion, Instant dueAt) {}

    private Mono<List<Taken>> taken(UUID workspaceId, Instant now) {
        return database.sql("""
                        with due as (
                            select staff_id, kind, subject_id, occasion from staff_notice
                            where workspace_id = $1 and told_at is null and due_at <= $2 order by due_at limit $3 for update skip locked)
                        update staff_notice n set told_at = $2 from due d
                        where n.workspace_id = $1 and n.staff_id = d.staff_id and n.kind = d.kind and n.subject_id = d.subject_id and n.occasion = d.occasion
                        returning n.staff_id, n.kind, n.subject_id, n.occasion, n.due_at
                        """)
                .bind(0, workspaceId)
                .bind(1, now)
                .bind(2, MOST)
                .map((Readable row) -> new Taken(
                        value(row, "staff_id", UUID.class),
                        value(row, "kind", String.class),
                        value(row, "subject_id", UUID.class),
                        value(row, "occasion", String.class),
                        value(row, "due_at", Instant.class)))
                .all()
                .collectList();
    }

    private Mono<Void> mail(UUID workspaceId, UUID staffId, List<Taken> fresh, Instant now) {
        var theirs = fresh.stream().filter(one -> one.staffId().equals(staffId)).toList();
        return Unnest.into(
                        database.sql("""
                        with mail as (
                            insert into staff_mail (id, staff_id, workspace_id, notices, due_at, created_at) values ($2, $3, $1, true, $4, $4) returning id)
                        update staff_notice n set mail_id = mail.id from mail, unnest($5::text[], $6::uuid[], $7::text[]) t (kind, subject_id, occasion)
                        where n.workspace_id = $1 and n.staff_id = $3 and n.kind = t.kind and n.subject_id = t.subject_id and n.occasion = t.occasion
                        """)
                                .bind(0, workspaceId)
                                .bind(1, Key.nextId())
                                .bind(2, staffId)
                                .bind(3, now),
                        4,
                        theirs)
                .column(String.class, Taken::kind)
                .column(UUID.class, Taken::subjectId)
                .column(String.class, Taken::occasion)
                .bound()
                .then();
    }

    static <T> Object orNull(Class<T> type, @Nullable T value) {
        return value == null ? Parameters.in(type) : value;
    }
}
