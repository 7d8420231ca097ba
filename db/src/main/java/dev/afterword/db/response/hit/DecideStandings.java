package dev.afterword.db.response.hit;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Discards responses whose only evidence is a machine's, and counts those again of which that is no longer so. What staff said that counts, counts; what was
 * answered in another way than by the page has no evidence, and counts.
 */
@Component
class DecideStandings {
    private final DatabaseClient database;
    private final Events events;

    DecideStandings(DatabaseClient database, Events events) {
        this.database = database;
        this.events = events;
    }

    /** How many were discarded, and how many count again. */
    record Decided(int discarded, int countedAgain) {
        Decided plus(Decided other) {
            return new Decided(discarded + other.discarded, countedAgain + other.countedAgain);
        }
    }

    private record Turned(UUID id, @Nullable UUID contactId, boolean discarded) {}

    /** In the caller's transaction, with an event for every response that changed. */
    Mono<Decided> of(UUID workspaceId, Collection<UUID> invitations, Instant now) {
        if (invitations.isEmpty()) {
            return Mono.just(new Decided(0, 0));
        }
        return lock(workspaceId, invitations)
                .then(turn(workspaceId, invitations, now))
                .flatMap(turned -> events.append(turned.stream()
                                .map(one -> event(workspaceId, one, now))
                                .toList())
                        .thenReturn(new Decided(
                                (int) turned.stream().filter(Turned::discarded).count(), (int) turned.stream()
                                        .filter(one -> !one.discarded())
                                        .count())));
    }

    /** As answers do, so that two never wait for each other in a circle. */
    private Mono<Void> lock(UUID workspaceId, Collection<UUID> invitations) {
        return database.sql(
                        "select id from invitation where workspace_id = $1 and id = any($2) order by id for no key update")
                .bind(0, workspaceId)
                .bind(1, invitations.toArray(UUID[]::new))
                .then();
    }

    /**
     * An answer that came later than the last one that a machine sent came in another way. An invitation whose answer is discarded is not answered: its reminder
     * may go, and it counts so in the response rate.
     */
    private Mono<List<Turned>> turn(UUID workspaceId, Collection<UUID> invitations, Instant now) {
        return database.sql("""
                        with evidence as (
                            select invitation_id, bool_and(coalesce(verdict, 'unsure') = 'machine') as machine, max(at) as last,
                                (array_agg(reason order by at desc))[1] as reason, max(rule) as rule
                            from hit where workspace_id = $1 and invitation_id = any($2) and target = 'answer' and status < 400
                            group by invitation_id
                        ), turned as (
                            update response r
                            set discarded_at = case when e.machine then $3::timestamptz end, discarded_reason = case when e.machine then e.reason end,
                                discarded_rule = case when e.machine then e.rule end
                            from evidence e
                            where r.workspace_id = $1 and r.invitation_id = e.invitation_id and r.confirmed_at is not null and r.kept_at is null
                              and (case when e.machine then r.discarded_at is null and r.answered_at < e.last + interval '15 seconds' else r.discarded_at is not null end)
                            returning r.id, r.invitation_id, r.contact_id, r.confirmed_at, r.discarded_at
                        ), asked as (
                            update invitation i set answered_at = case when t.discarded_at is null then t.confirmed_at end
                            from turned t where i.workspace_id = $1 and i.id = t.invitation_id
                        )
                        select id, contact_id, discarded_at is not null as discarded from turned
                        """)
                .bind(0, workspaceId)
                .bind(1, invitations.toArray(UUID[]::new))
                .bind(2, now)
                .map(DecideStandings::turned)
                .all()
                .collectList();
    }

    private static Turned turned(Readable row) {
        return new Turned(
                value(row, "id", UUID.class),
                row.get("contact_id", UUID.class),
                value(row, "discarded", Boolean.class));
    }

    private static Event event(UUID workspaceId, Turned turned, Instant now) {
        return Event.of(workspaceId, EventKind.RESPONSE_JUDGED, turned.id(), turned.contactId(), false, now);
    }

    /** Staff say that it counts: from now on no rule discards it. Changes nothing where it counts already. */
    Mono<Void> keep(Key response, UUID staffId, Instant now) {
        return database.sql("""
                        with kept as (
                            update response set kept_at = $3, kept_by = $4, discarded_at = null
                            where workspace_id = $1 and id = $2 and discarded_at is not null
                            returning id, invitation_id, contact_id, confirmed_at
                        ), asked as (
                            update invitation i set answered_at = k.confirmed_at from kept k where i.workspace_id = $1 and i.id = k.invitation_id
                        )
                        select id, contact_id, false as discarded from kept
                        """)
                .bind(0, response.workspaceId())
                .bind(1, response.id())
                .bind(2, now)
                .bind(3, staffId)
                .map(DecideStandings::turned)
                .one()
                .flatMap(kept -> events.append(event(response.workspaceId(), kept, now)));
    }

    /** Staff leave it to the rule again. */
    Mono<Void> leave(Key response) {
        return database.sql(
                        "update response set kept_at = null, kept_by = null where workspace_id = $1 and id = $2 and kept_at is not null")
                .bind(0, response.workspaceId())
                .bind(1, response.id())
                .then();
    }
}
