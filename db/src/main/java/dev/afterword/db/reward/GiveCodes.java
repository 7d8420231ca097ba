package dev.afterword.db.reward;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.Unnest;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import dev.afterword.db.message.PlanSend;
import dev.afterword.db.message.SendKind;
import dev.afterword.db.order.Offer;
import dev.afterword.db.workspace.Workspaces;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Gives codes. What is to be given is first owed, once for each answer and each step, whoever asks how often; then codes go to those who have waited longest. Two
 * who give at the same time never take the same code, and an empty pool leaves the rest owed until it is filled.
 */
@Component
public class GiveCodes {
    private final RewardPools pools;
    private final Workspaces workspaces;
    private final PlanSend planSend;
    private final Events events;
    private final DatabaseClient database;

    GiveCodes(RewardPools pools, Workspaces workspaces, PlanSend planSend, Events events, DatabaseClient database) {
        this.pools = pools;
        this.workspaces = workspaces;
        this.planSend = planSend;
        this.events = events;
        this.database = database;
    }

    /** Joins the transaction of its caller. All are of one workspace. Those that were not given before. */
    public Mono<Set<UUID>> give(List<Gift> gifts, Instant now) {
        if (gifts.isEmpty()) {
            return Mono.just(Set.of());
        }
        var workspaceId = gifts.getFirst().key().workspaceId();
        return owe(workspaceId, gifts, now).flatMap(owed -> {
            var fresh = gifts.stream()
                    .filter(gift -> owed.contains(gift.key().id()))
                    .toList();
            return fillAll(workspaceId, fresh.stream().map(Gift::poolId).collect(Collectors.toSet()), fresh.size(), now)
                    .thenReturn(owed);
        });
    }

    /** Gives to whom something is owed from these pools, at most so many from each. Joins the transaction of its caller. */
    Mono<Void> fillAll(UUID workspaceId, Collection<UUID> from, int most, Instant now) {
        return Flux.fromStream(() -> from.stream().sorted())
                .concatMap(pool -> pools.find(new Key(workspaceId, pool)).flatMap(found -> fill(found, most, now)))
                .then();
    }

    private Mono<Set<UUID>> owe(UUID workspaceId, List<Gift> gifts, Instant now) {
        var insert = database.sql("""
                        insert into given_reward (workspace_id, id, kind, pool_id, offer, contact_id, invitation_id, enrollment_id, step, staff_id, case_id, told, created_at)
                        select $1, n.id, n.kind, n.pool_id, n.offer::jsonb, n.contact_id, n.invitation_id, n.enrollment_id, n.step, n.staff_id, n.case_id, n.told, $2
                        from unnest($3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::uuid[], $8::uuid[], $9::uuid[], $10::text[], $11::uuid[], $12::uuid[], $13::boolean[])
                            n(id, kind, pool_id, offer, contact_id, invitation_id, enrollment_id, step, staff_id, case_id, told)
                        on conflict do nothing returning id
                        """).bind(0, workspaceId).bind(1, now);
        return Unnest.into(insert, 2, gifts)
                .column(UUID.class, gift -> gift.key().id())
                .column(String.class, gift -> gift.kind().code())
                .column(UUID.class, Gift::poolId)
                .column(String.class, gift -> gift.offer().json())
                .column(UUID.class, Gift::contactId)
                .column(UUID.class, Gift::invitationId)
                .column(UUID.class, Gift::enrollmentId)
                .column(String.class, Gift::step)
                .column(UUID.class, Gift::staffId)
                .column(UUID.class, Gift::caseId)
                .column(Boolean.class, Gift::told)
                .bound()
                .mapValue(UUID.class)
                .all()
                .collect(Collectors.toSet());
    }

    private record Filled(UUID id, @Nullable UUID contactId, Offer offer, boolean mailed) {}

    /** Joins the transaction of its caller. */
    Mono<Void> fill(RewardPool pool, int most, Instant now) {
        return take(pool, most, now)
                .flatMap(filled -> filled.isEmpty()
                        ? Mono.<Void>empty()
                        : expire(pool.key().workspaceId(), filled, now)
                                .then(mail(pool.key().workspaceId(), filled, now))
                                .then(events.append(filled.stream()
                                        .map(one -> Event.of(
                                                pool.key().workspaceId(),
                                                EventKind.REWARD_GIVEN,
                                                one.id(),
                                                one.contactId(),
                                                false,
                                                now))
                                        .toList())))
                .then(Mono.defer(() -> pool.fixed() ? Mono.<Void>empty() : warn(pool, now)));
    }

    /** What is owed the longest comes first. A mail of its own is also for who waited: whatever was to tell it has gone by. */
    private Mono<List<Filled>> take(RewardPool pool, int most, Instant now) {
        var wanting = """
                with wanting as (
                    select id from given_reward where workspace_id = $1 and pool_id = $2 and given_at is null order by id limit $3 for update skip locked
                )""";
        var statement = pool.fixed() ? wanting + """
                update given_reward g set code = $5, folded = lower($5), given_at = $4 from wanting w where g.workspace_id = $1 and g.id = w.id
                returning g.id, g.contact_id, g.offer, g.told or g.created_at < $4 as mailed
                """ : wanting + """
                , w as (select id, row_number() over (order by id) as n from wanting),
                free as (
                    select id, code, folded from reward_code where workspace_id = $1 and pool_id = $2 and given_at is null
                    order by id limit (select count(*) from wanting) for update skip locked),
                f as (select id, code, folded, row_number() over (order by id) as n from free),
                used as (update reward_code c set given_at = $4 from f join w on w.n = f.n where c.workspace_id = $1 and c.id = f.id)
                update given_reward g set code = f.code, folded = f.folded, given_at = $4 from w join f on f.n = w.n where g.workspace_id = $1 and g.id = w.id
                returning g.id, g.contact_id, g.offer, g.told or g.created_at < $4 as mailed
                """;
        var bound = database.sql(statement)
                .bind(0, pool.key().workspaceId())
                .bind(1, pool.key().id())
                .bind(2, most)
                .bind(3, now);
        var fixed = pool.fixedCode();
        return (fixed == null ? bound : bound.bind(4, fixed))
                .map((Readable row) -> new Filled(
                        value(row, "id", UUID.class),
                        row.get("contact_id", UUID.class),
                        Offer.parse(value(row, "offer", Json.class).asString()),
                        value(row, "mailed", Boolean.class)))
                .all()
                .collectList();
    }

    private Mono<Void> expire(UUID workspaceId, List<Filled> filled, Instant now) {
        return workspaces
                .findById(workspaceId)
                .flatMap(workspace -> database.sql("""
                        update given_reward g set expires_at = n.at from unnest($2::uuid[], $3::timestamptz[]) n(id, at) where g.workspace_id = $1 and g.id = n.id
                        """)
                        .bind(0, workspaceId)
                        .bind(1, Columns.array(filled, UUID.class, Filled::id))
                        .bind(
                                2,
                                Columns.array(
                                        filled,
                                        Instant.class,
                                        one -> one.offer().expiresAt(now, workspace.zone())))
                        .then());
    }

    private Mono<Void> mail(UUID workspaceId, List<Filled> filled, Instant now) {
        return Flux.fromIterable(filled)
                .filter(Filled::mailed)
                .concatMap(one -> {
                    var contactId = one.contactId();
                    return contactId == null
                            ? Mono.<Void>empty()
                            : planSend.service(workspaceId, contactId, null, SendKind.REWARD, now)
                                    .flatMap(send -> database.sql(
                                                    "update given_reward set send_id = $3 where workspace_id = $1 and id = $2")
                                            .bind(0, workspaceId)
                                            .bind(1, one.id())
                                            .bind(2, send)
                                            .then());
                })
                .then();
    }

    /** Tells once that few are left, and forgets it when there are more again. */
    private Mono<Void> warn(RewardPool pool, Instant now) {
        return database.sql("""
                        with counted as (
                            select count(*) <= $3 as few from (
                                select 1 from reward_code c where c.workspace_id = $1 and c.pool_id = $2 and c.given_at is null limit $3 + 1) c
                        )
                        update reward_pool p set warned_at = case when few then $4::timestamptz end from counted
                        where p.workspace_id = $1 and p.id = $2 and (p.warned_at is not null) <> few
                        returning p.warned_at is not null
                        """)
                .bind(0, pool.key().workspaceId())
                .bind(1, pool.key().id())
                .bind(2, pool.warnAt())
                .bind(3, now)
                .mapValue(Boolean.class)
                .one()
                .filter(few -> few)
                .flatMap(few -> events.append(Event.of(
                        pool.key().workspaceId(), EventKind.POOL_LOW, pool.key().id(), null, false, now)));
    }
}
