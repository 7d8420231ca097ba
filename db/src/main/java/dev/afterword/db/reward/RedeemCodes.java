package dev.afterword.db.reward;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.event.Events;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Recognises codes that were used, by the orders that carry them; of an order that is cancelled or refunded the code counts as unused again. */
@Component
class RedeemCodes implements EventReader {
    private final Events events;
    private final DatabaseClient database;
    private final DatabaseTime time;

    RedeemCodes(Events events, DatabaseClient database, DatabaseTime time) {
        this.events = events;
        this.database = database;
        this.time = time;
    }

    @Override
    public String name() {
        return "reward-redemption";
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(EventKind.ORDER_ADDED, EventKind.ORDER_CHANGED);
    }

    private record Redeemed(UUID id, @Nullable UUID contactId) {}

    @Override
    public Mono<Void> handle(UUID workspaceId, List<Event> told) {
        var orders = told.stream().map(Event::subjectId).distinct().toArray(UUID[]::new);
        return time.now()
                .flatMap(now -> undo(workspaceId, orders)
                        .then(redeem(workspaceId, orders))
                        .flatMap(redeemed -> events.append(redeemed.stream()
                                .map(one -> Event.of(
                                        workspaceId, EventKind.REWARD_REDEEMED, one.id(), one.contactId(), false, now))
                                .toList())));
    }

    private Mono<Void> undo(UUID workspaceId, UUID[] orders) {
        return database.sql("""
                        update given_reward g set redeemed_at = null, redeemed_order_id = null from customer_order o
                        where g.workspace_id = $1 and o.workspace_id = $1 and o.id = any($2) and g.redeemed_order_id = o.id
                        and (o.status in ('cancelled', 'refunded') or not exists (select from unnest(o.codes) c where lower(btrim(c)) = g.folded))
                        """).bind(0, workspaceId).bind(1, orders).then();
    }

    /** A code for all is used by whom it was given to, once for each time that it was given; another's may be used by anybody. */
    private Mono<List<Redeemed>> redeem(UUID workspaceId, UUID[] orders) {
        return database.sql("""
                        with typed as materialized (
                            select o.id as order_id, o.contact_id, o.placed_at, c.code
                            from customer_order o cross join lateral (select distinct lower(btrim(c)) as code from unnest(o.codes) c) c
                            where o.workspace_id = $1 and o.id = any($2) and not o.test and o.status not in ('cancelled', 'refunded')
                            and not exists (select from given_reward x where x.workspace_id = $1 and x.redeemed_order_id = o.id and x.folded = c.code)
                        ), found as (
                            select t.*, g.id from typed t join reward_pool p on p.workspace_id = $1 and p.fixed_code is null
                            cross join lateral (
                                select g.id from given_reward g where g.workspace_id = $1 and g.pool_id = p.id and g.folded = t.code and g.redeemed_at is null
                                order by g.id limit 1) g
                            union all
                            select t.*, g.id from typed t
                            join given_reward g on g.workspace_id = $1 and g.contact_id = t.contact_id and g.folded = t.code and g.redeemed_at is null
                            join reward_pool p on p.workspace_id = $1 and p.id = g.pool_id and p.fixed_code is not null
                        ), carried as (select distinct on (order_id, code) * from found order by order_id, code, id
                        ), first as (select distinct on (id) * from carried order by id, placed_at)
                        update given_reward g set redeemed_at = f.placed_at, redeemed_order_id = f.order_id from first f
                        where g.workspace_id = $1 and g.id = f.id and g.redeemed_at is null returning g.id, g.contact_id
                        """)
                .bind(0, workspaceId)
                .bind(1, orders)
                .map((Readable row) -> new Redeemed(value(row, "id", UUID.class), row.get("contact_id", UUID.class)))
                .all()
                .collectList();
    }
}
