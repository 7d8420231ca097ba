package dev.afterword.db.message;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * What is due, and who has it: workers take messages by lease, and what a dead worker held comes back. All times are the database's. That a message is planned
 * is said as the index says it: nobody holds it, and it has no end.
 */
@Repository
public class SendQueue {
    private final DatabaseClient database;

    SendQueue(DatabaseClient database) {
        this.database = database;
    }

    /** A message that a worker has, by the lease that guards its finish. */
    public record Leased(Send send, UUID leaseToken, Lane lane) {}

    /** A place in a lane: nothing before it is looked for, so that a claim does not walk over index entries that cannot be vacuumed yet. */
    public record Watermark(Instant due, UUID id) {
        public static final Watermark NONE = new Watermark(Instant.EPOCH, new UUID(0, 0));
    }

    /**
     * Workspaces that may write and have something due in that lane, found without locking by one look into the index each: without an order the planner reads
     * the table from its beginning, past everything that was sent.
     */
    public Mono<List<UUID>> workspacesWithDue(Lane lane, Instant now) {
        return database.sql("""
                        select w.id from workspace w
                        cross join lateral (
                            select 1 from send s where s.workspace_id = w.id and s.bulk = $2 and s.lease_until is null and s.finished_at is null and s.due_at <= $1
                            order by s.due_at, s.id limit 1) due
                        where w.mail_paused_at is null and w.sender_address is not null and w.postal_address is not null
                        order by w.id
                        """)
                .bind(0, now)
                .bind(1, lane.bulk())
                .mapValue(UUID.class)
                .all()
                .collectList();
    }

    /** Leases what is due in a lane, the oldest first, skipping what others are taking. The inner statement is materialised so that its limit holds. */
    public Mono<List<Leased>> claim(
            UUID workspaceId, Lane lane, Instant now, Watermark watermark, Duration lease, int most) {
        var token = Key.nextId();
        return database.sql("""
                        with due as materialized (
                            select id from send
                            where workspace_id = $1 and bulk = $7 and lease_until is null and finished_at is null and due_at <= $2 and (due_at, id) >= ($3, $8)
                            order by due_at, id limit $4 for update skip locked
                        )
                        update send s set state = 'leased', lease_until = $5, lease_token = $6, attempt = s.attempt + 1, cleared_at = null
                        from due where s.workspace_id = $1 and s.id = due.id
                        returning s.*
                        """)
                .bind(0, workspaceId)
                .bind(1, now)
                .bind(2, watermark.due())
                .bind(3, most)
                .bind(4, now.plus(lease))
                .bind(5, token)
                .bind(6, lane.bulk())
                .bind(7, watermark.id())
                .map((Readable row) -> new Leased(Sends.send(row), token, lane))
                .all()
                // By the id as the database orders it, which compares bytes without a sign.
                .sort(Comparator.comparing((Leased leased) -> leased.send().dueAt())
                        .thenComparing(leased -> leased.send().key().id().toString()))
                .collectList();
    }

    /** Leases what is due in either lane. */
    public Mono<List<Leased>> claim(UUID workspaceId, Instant now, Duration lease, int most) {
        return claim(workspaceId, Lane.SINGLE, now, Watermark.NONE, lease, most)
                .flatMap(single -> single.size() == most
                        ? Mono.just(single)
                        : claim(workspaceId, Lane.BULK, now, Watermark.NONE, lease, most - single.size())
                                .map(many -> Stream.concat(single.stream(), many.stream())
                                        .toList()));
    }

    /**
     * Prolongs leases; one that was lost stays lost, and its finish will find no row. A message whose state is being written down is left for the next time, long
     * before its lease ends: waiting for one another, the two lose time, and could lock each other out.
     */
    public Mono<Long> renew(Collection<Leased> held, Instant now, Duration lease) {
        return database.sql("""
                        with free as materialized (
                            select s.workspace_id, s.id from unnest($2::uuid[], $3::uuid[], $4::uuid[]) h(workspace_id, id, token)
                            join send s on s.workspace_id = h.workspace_id and s.id = h.id
                            where s.workspace_id = any($2) and s.lease_token = h.token for update of s skip locked
                        )
                        update send s set lease_until = $1 from free f
                        where s.workspace_id = any($2) and s.workspace_id = f.workspace_id and s.id = f.id
                        """)
                .bind(0, now.plus(lease))
                .bind(1, Columns.array(held, UUID.class, one -> one.send().key().workspaceId()))
                .bind(2, Columns.array(held, UUID.class, one -> one.send().key().id()))
                .bind(3, Columns.array(held, UUID.class, Leased::leaseToken))
                .fetch()
                .rowsUpdated();
    }

    /** Messages that a worker took and let expire before it submitted them: planned again, or failed after so many attempts. */
    public Mono<Long> takeBackExpired(Instant now, int mostAttempts) {
        return database.sql("""
                        with expired as materialized (
                            select workspace_id, id from send where state = 'leased' and lease_until < $1 limit 1000 for update skip locked
                        )
                        update send s set lease_until = null, lease_token = null,
                            state = case when s.attempt >= $2 then 'failed' else 'planned' end,
                            finished_at = case when s.attempt >= $2 then $1 end,
                            smtp_reply = case when s.attempt >= $2 then 'given up after ' || s.attempt || ' attempts that ended with their process' else s.smtp_reply end
                        from expired x where s.workspace_id = x.workspace_id and s.id = x.id
                        """).bind(0, now).bind(1, mostAttempts).fetch().rowsUpdated();
    }

    /** Messages that were being submitted when their worker died: unknown, and never sent again. */
    public Mono<List<Send>> giveUpSubmitted(Instant now) {
        return database.sql("""
                        with expired as materialized (
                            select workspace_id, id from send where state = 'submitting' and lease_until < $1 limit 1000 for update skip locked
                        )
                        update send s set state = 'unknown', lease_until = null, lease_token = null, finished_at = $1,
                            smtp_reply = 'the process ended while it was being submitted'
                        from expired x where s.workspace_id = x.workspace_id and s.id = x.id
                        returning s.*
                        """).bind(0, now).map(Sends::send).all().collectList();
    }

    /** Planned messages that are too late: nothing holds them, and nothing sent them in time. */
    public Mono<List<Send>> giveUpTooLate(Instant now) {
        return database.sql("""
                        with late as materialized (
                            select workspace_id, id from send where lease_until is null and finished_at is null and due_at <= $1 and not_after < $1 limit 1000 for update skip locked
                        )
                        update send s set state = 'skipped', skip_reason = 'too-late', finished_at = $1
                        from late l where s.workspace_id = l.workspace_id and s.id = l.id
                        returning s.*
                        """).bind(0, now).map(Sends::send).all().collectList();
    }

    /** When the oldest message that is due was due, in all workspaces that do not pause; empty when nothing is due. */
    public Mono<Instant> oldestDue(Instant now) {
        return database.sql("""
                        select min(due.due_at) as oldest from workspace w
                        cross join (values (false), (true)) l(bulk)
                        cross join lateral (
                            select s.due_at from send s where s.workspace_id = w.id and s.bulk = l.bulk and s.lease_until is null and s.finished_at is null and s.due_at <= $1 order by s.due_at limit 1) due
                        where w.mail_paused_at is null
                        """)
                .bind(0, now)
                .map((Readable row) -> Optional.ofNullable(row.get("oldest", Instant.class)))
                .one()
                .flatMap(Mono::justOrEmpty);
    }
}
