package dev.afterword.db.followup;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.message.AllowedHours;
import dev.afterword.db.message.Locality;
import dev.afterword.db.message.PlanSend;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Plans one reminder for each ask that the receiving server accepted, unless there is an answer; an answer stops it. */
@Component
class PlanReminders {
    private final Workspaces workspaces;
    private final DatabaseClient database;

    PlanReminders(Workspaces workspaces, DatabaseClient database) {
        this.workspaces = workspaces;
        this.database = database;
    }

    /** Plans for those of the sends that are accepted asks. */
    Mono<Void> plan(UUID workspaceId, Collection<UUID> sends, Instant now) {
        if (sends.isEmpty()) {
            return Mono.empty();
        }
        return workspaces
                .findById(workspaceId)
                .flatMap(workspace -> database.sql("""
                        select s.id, s.finished_at, f.days_to_reminder, c.time_zone, coalesce(c.country, o.country) as country
                        from send s
                        join follow_up f on f.workspace_id = $1 and f.id = s.follow_up_id and f.days_to_reminder is not null
                        join contact c on c.workspace_id = $1 and c.id = s.contact_id
                        join invitation i on i.workspace_id = $1 and i.id = s.invitation_id and i.answered_at is null
                        left join customer_order o on o.workspace_id = $1 and o.id = s.order_id
                        where s.workspace_id = $1 and s.id = any($2) and s.step = 'ask' and s.state = 'accepted'
                        """)
                        .bind(0, workspaceId)
                        .bind(1, sends.toArray(UUID[]::new))
                        .map((Readable row) -> reminder(row, workspace))
                        .all()
                        .collectList()
                        .filter(reminders -> !reminders.isEmpty())
                        .flatMap(reminders -> insert(workspaceId, reminders, now)));
    }

    /** Skips the reminders of invitations that these responses answer. */
    Mono<Void> stop(UUID workspaceId, Collection<UUID> responses, Instant now) {
        if (responses.isEmpty()) {
            return Mono.empty();
        }
        return database.sql("""
                        update send s set state = 'skipped', skip_reason = 'answered', finished_at = $3
                        from response r where s.workspace_id = $1 and r.workspace_id = $1 and r.id = any($2)
                        and r.confirmed_at is not null and r.discarded_at is null and s.invitation_id = r.invitation_id and s.state = 'planned'
                        """)
                .bind(0, workspaceId)
                .bind(1, responses.toArray(UUID[]::new))
                .bind(2, now)
                .then();
    }

    /** Plans reminders anew that an answer stopped, of which it turned out that only a machine gave it; those that would be late stay skipped. */
    Mono<Void> planAgain(UUID workspaceId, Collection<UUID> responses, Instant now) {
        if (responses.isEmpty()) {
            return Mono.empty();
        }
        return database.sql("""
                        update send s set state = 'planned', skip_reason = null, finished_at = null
                        from response r where s.workspace_id = $1 and r.workspace_id = $1 and r.id = any($2)
                        and r.discarded_at is not null and s.invitation_id = r.invitation_id and s.step = 'remind'
                        and s.state = 'skipped' and s.skip_reason = 'answered' and s.due_at > $3
                        """)
                .bind(0, workspaceId)
                .bind(1, responses.toArray(UUID[]::new))
                .bind(2, now)
                .then();
    }

    private Mono<Void> insert(UUID workspaceId, List<Reminder> reminders, Instant now) {
        return database.sql("""
                        insert into send as s (workspace_id, id, enrollment_id, follow_up_id, invitation_id, contact_id, order_id, purpose, step, kind, state, due_at, not_after, created_at)
                        select $1, n.id, a.enrollment_id, a.follow_up_id, a.invitation_id, a.contact_id, a.order_id, a.purpose, 'remind', 'remind', 'planned', n.due_at, n.not_after, $2
                        from unnest($3::uuid[], $4::uuid[], $5::timestamptz[], $6::timestamptz[]) n(id, ask_id, due_at, not_after)
                        join send a on a.workspace_id = $1 and a.id = n.ask_id
                        on conflict (workspace_id, enrollment_id, step) do nothing
                        """)
                .bind(0, workspaceId)
                .bind(1, now)
                .bind(2, Columns.array(reminders, UUID.class, one -> Key.nextId()))
                .bind(3, Columns.array(reminders, UUID.class, Reminder::askId))
                .bind(4, Columns.array(reminders, Instant.class, Reminder::due))
                .bind(
                        5,
                        Columns.array(reminders, Instant.class, one -> one.due().plus(PlanSend.LATEST)))
                .then();
    }

    private static Reminder reminder(Readable row, Workspace workspace) {
        var zone = Locality.zone(text(row, "time_zone"), text(row, "country"), workspace.zone());
        var intended = value(row, "finished_at", Instant.class)
                .atZone(zone)
                .plusDays(value(row, "days_to_reminder", Integer.class))
                .toInstant();
        return new Reminder(
                value(row, "id", UUID.class),
                new AllowedHours(workspace.allowedFrom(), workspace.allowedUntil()).next(intended, zone));
    }

    private static @Nullable String text(Readable row, String column) {
        return row.get(column, String.class);
    }

    /** The reminder of an ask. */
    private record Reminder(UUID askId, Instant due) {}
}
