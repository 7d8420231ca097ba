package dev.afterword.db.inbox.desk;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.EventReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Plans a mail to the other help desk for each new case and each word of a customer, once; never for what was said by the help desk itself, and not more than a
 * few an hour for one case: what is beyond goes later.
 */
@Component
class TellHelpDesk implements EventReader {
    static final int MOST_AN_HOUR = 10;
    private static final Duration HOUR = Duration.ofHours(1);

    private final DatabaseClient database;
    private final DatabaseTime time;

    TellHelpDesk(DatabaseClient database, DatabaseTime time) {
        this.database = database;
        this.time = time;
    }

    @Override
    public String name() {
        return "help-desk";
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(EventKind.CASE_OPENED, EventKind.CASE_CHANGED);
    }

    @Override
    public Mono<Void> handle(UUID workspaceId, List<Event> events) {
        var cases = events.stream().map(Event::subjectId).distinct().toArray(UUID[]::new);
        return time.now().flatMap(now -> plan(workspaceId, cases, now));
    }

    private Mono<Void> plan(UUID workspaceId, UUID[] cases, Instant now) {
        return database.sql("""
                        with desk as (select address, confirmed_at from help_desk where workspace_id = $1 and confirmed_at is not null),
                        k as (
                            select k.id, k.opened_at, d.address, d.confirmed_at,
                                (select count(*) from desk_mail m where m.workspace_id = $1 and m.case_id = k.id and coalesce(m.sent_at, m.due_at) > $4) as before
                            from desk d join support_case k on k.workspace_id = $1 and k.id = any($2) and k.status <> 'spam'
                            left join contact c on c.workspace_id = $1 and c.id = k.contact_id
                            where c.address is distinct from d.address),
                        told as (
                            select e.id as about_id, k.id as case_id, e.id as entry_id, k.address, e.at, k.before from k
                            join case_entry e on e.workspace_id = $1 and e.case_id = k.id and e.kind = 'said' and e.at >= k.confirmed_at
                            union all
                            select k.id, k.id, null, k.address, k.opened_at, k.before from k where k.opened_at >= k.confirmed_at
                            and not exists (select from case_entry e where e.workspace_id = $1 and e.case_id = k.id and e.kind = 'said'))
                        insert into desk_mail (workspace_id, id, about_id, case_id, entry_id, address, due_at, created_at)
                        select $1, gen_random_uuid(), t.about_id, t.case_id, t.entry_id, t.address,
                            $3::timestamptz + interval '1 hour' * ((t.before + row_number() over (partition by t.case_id order by t.at, t.about_id) - 1) / $5), $3
                        from told t where not exists (select from desk_mail m where m.workspace_id = $1 and m.about_id = t.about_id) order by t.at
                        on conflict (workspace_id, about_id) do nothing
                        """)
                .bind(0, workspaceId)
                .bind(1, cases)
                .bind(2, now)
                .bind(3, now.minus(HOUR))
                .bind(4, MOST_AN_HOUR)
                .then();
    }
}
