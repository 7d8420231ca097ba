package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Transactions;
import dev.afterword.db.inbox.notice.Notice;
import dev.afterword.db.inbox.notice.NoticeKind;
import dev.afterword.db.inbox.notice.StaffNotices;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reminds those who keep in touch with customers a week before a day that matters to one, and turns the pages of the calendar. */
@Component
public class RemindOfOccasions {
    private static final int DAYS_BEFORE = 7;

    private final DatabaseClient database;
    private final StaffNotices notices;
    private final DatabaseTime time;
    private final Transactions transactions;

    RemindOfOccasions(DatabaseClient database, StaffNotices notices, DatabaseTime time, Transactions transactions) {
        this.database = database;
        this.notices = notices;
        this.time = time;
        this.transactions = transactions;
    }

    /** One round over all workspaces in which a day has come; true when it had. */
    public Mono<Boolean> round() {
        return time.now()
                .flatMap(now -> due(now).concatMap(workspaceId -> transactions.run(remind(workspaceId, now)), 1)
                        .hasElements());
    }

    private Flux<UUID> due(Instant now) {
        return database.sql("""
                        select w.id from workspace w
                        cross join lateral (select ($1 at time zone w.zone)::date as today) t
                        cross join lateral (select 1 from occasion o join contact c on c.workspace_id = w.id and c.id = o.contact_id
                            where o.workspace_id = w.id and o.next_on <= t.today + $2
                                and (o.next_on < t.today or (o.reminded_for is distinct from o.next_on and c.owner_id is not null)) limit 1) due
                        order by w.id
                        """)
                .bind(0, now)
                .bind(1, DAYS_BEFORE)
                .mapValue(UUID.class)
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable);
    }

    private Mono<UUID> remind(UUID workspaceId, Instant now) {
        return turn(workspaceId, now)
                .then(reminded(workspaceId, now).collectList().flatMap(told -> notices.plan(workspaceId, told, now)))
                .thenReturn(workspaceId);
    }

    /** What was yesterday is next in a year, or never; 29 February is kept on the 28th in other years. */
    private Mono<Void> turn(UUID workspaceId, Instant now) {
        return database.sql("""
                        update occasion o set next_on = case when o.yearly then (select min(day) from (
                            select (o.on_date + make_interval(years => y))::date as day
                            from generate_series((extract(year from t.today) - extract(year from o.on_date))::integer,
                                (extract(year from t.today) - extract(year from o.on_date))::integer + 1) y) years where day >= t.today) end
                        from workspace w, lateral (select ($2 at time zone w.zone)::date as today) t
                        where w.id = $1 and o.workspace_id = $1 and o.next_on < t.today
                        """).bind(0, workspaceId).bind(1, now).then();
    }

    private Flux<Notice> reminded(UUID workspaceId, Instant now) {
        return database.sql("""
                        update occasion o set reminded_for = o.next_on
                        from contact c, workspace w, lateral (select ($2 at time zone w.zone)::date as today) t
                        where w.id = $1 and c.workspace_id = $1 and c.id = o.contact_id and c.owner_id is not null
                            and o.workspace_id = $1 and o.next_on <= t.today + $3 and o.reminded_for is distinct from o.next_on
                        returning o.id, o.next_on, c.owner_id
                        """)
                .bind(0, workspaceId)
                .bind(1, now)
                .bind(2, DAYS_BEFORE)
                .map((Readable row) -> {
                    var day = value(row, "next_on", LocalDate.class).toString();
                    return new Notice(
                            NoticeKind.OCCASION,
                            value(row, "id", UUID.class),
                            day,
                            null,
                            day,
                            value(row, "owner_id", UUID.class),
                            null);
                })
                .all();
    }
}
