package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import dev.afterword.db.inbox.CaseEntry.Change;
import dev.afterword.db.workspace.HeldWork;
import dev.afterword.db.workspace.Permission;
import dev.afterword.db.workspace.Role;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Cases that run are nobody's when whose they were has left, or may not answer them any more: their times ring to those who can do something. */
@Component
class ReleaseCases implements HeldWork {
    private final Cases cases;
    private final Events events;
    private final DatabaseClient database;
    private final DatabaseTime time;

    ReleaseCases(Cases cases, Events events, DatabaseClient database, DatabaseTime time) {
        this.cases = cases;
        this.events = events;
        this.database = database;
        this.time = time;
    }

    private record Released(Key key, @Nullable UUID contactId, UUID ownerId) {}

    @Override
    public Mono<Void> release(UUID workspaceId) {
        return time.now()
                .flatMap(now -> released(workspaceId)
                        .flatMap(released -> Flux.fromIterable(released)
                                .concatMap(one -> note(one, now))
                                .then(events.append(released.stream()
                                        .map(one -> Event.of(
                                                workspaceId,
                                                EventKind.CASE_CHANGED,
                                                one.key().id(),
                                                one.contactId(),
                                                false,
                                                now))
                                        .toList()))));
    }

    private Mono<List<Released>> released(UUID workspaceId) {
        return database.sql("""
                        with before as (
                            select k.id, k.owner_id from support_case k
                            where k.workspace_id = $1 and k.owner_id is not null and k.status in ('open', 'waiting')
                            and not exists (
                                select from membership m left join custom_role c on c.workspace_id = $1 and c.id = m.custom_role_id
                                where m.workspace_id = $1 and m.staff_id = k.owner_id and (m.role = any($2) or $3 = any(c.permissions)))
                            order by k.id for update of k)
                        update support_case k set owner_id = null, version = version + 1 from before b
                        where k.workspace_id = $1 and k.id = b.id returning k.id, k.contact_id, b.owner_id
                        """)
                .bind(0, workspaceId)
                .bind(
                        1,
                        Role.builtIn().stream()
                                .filter(role -> role.may(Permission.ANSWER_CASES))
                                .map(Role::code)
                                .toArray(String[]::new))
                .bind(2, Permission.ANSWER_CASES.code())
                .map((Readable row) -> new Released(
                        new Key(workspaceId, value(row, "id", UUID.class)),
                        row.get("contact_id", UUID.class),
                        value(row, "owner_id", UUID.class)))
                .all()
                .collectList();
    }

    private Mono<Boolean> note(Released one, Instant now) {
        return cases.add(
                Addition.changed(
                        one.key(),
                        null,
                        null,
                        Map.of("owner", new Change(one.ownerId().toString(), ""))),
                now);
    }
}
