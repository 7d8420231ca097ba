package dev.afterword.db.order;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.Money;
import dev.afterword.db.NotFound;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The orders of all workspaces. */
@Repository
public class Orders {
    private final DatabaseClient database;
    private final OrderStore store;

    Orders(DatabaseClient database, OrderStore store) {
        this.database = database;
        this.store = store;
    }

    /** One order with its lines; otherwise {@code order.not-found}. */
    public Mono<Order> find(Key key) {
        return one(
                key.workspaceId(),
                database.sql(OrderStore.COLUMNS + "where workspace_id = $1 and id = $2")
                        .bind(0, key.workspaceId())
                        .bind(1, key.id())
                        .map((Readable row) -> OrderStore.order(key.workspaceId(), row))
                        .all());
    }

    /** The order that the shop knows by this id, with its lines; otherwise {@code order.not-found}. */
    public Mono<Order> findByExternalId(UUID workspaceId, String externalId) {
        return one(
                workspaceId,
                database.sql(OrderStore.COLUMNS + "where workspace_id = $1 and external_id = $2")
                        .bind(0, workspaceId)
                        .bind(1, externalId)
                        .map((Readable row) -> OrderStore.order(workspaceId, row))
                        .all());
    }

    /** The ids of known orders and of their contacts, by the shop's id. */
    public Mono<Map<String, Placed>> findIds(UUID workspaceId, Collection<String> externalIds) {
        return database.sql("""
                        select o.id, o.external_id, o.contact_id, c.erased_at is not null as erased
                        from customer_order o join contact c on c.workspace_id = $1 and c.id = o.contact_id
                        where o.workspace_id = $1 and o.external_id = any($2)
                        """)
                .bind(0, workspaceId)
                .bind(1, externalIds.toArray(String[]::new))
                .map((Readable row) -> Map.entry(
                        Columns.value(row, "external_id", String.class),
                        new Placed(
                                Columns.value(row, "id", UUID.class),
                                Columns.value(row, "contact_id", UUID.class),
                                Columns.value(row, "erased", Boolean.class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /**
     * Which order, and whose.
     *
     * @param erased whether that person was erased
     */
    public record Placed(UUID orderId, UUID contactId, boolean erased) {}

    /** What somebody has spent on orders that count, by currency, the most orders first. */
    public Mono<List<Money>> spent(Key contact) {
        return database.sql("""
                        select total_currency, sum(total_amount) as amount from customer_order
                        where workspace_id = $1 and contact_id = $2 and total_amount is not null and not test and status not in ('cancelled', 'refunded')
                        group by 1 order by count(*) desc, 1
                        """)
                .bind(0, contact.workspaceId())
                .bind(1, contact.id())
                .map((Readable row) -> new Money(
                        Columns.value(row, "amount", BigDecimal.class),
                        Columns.value(row, "total_currency", String.class)))
                .all()
                .collectList();
    }

    /** The currencies of the latest thousand orders, the most frequent first. */
    public Mono<List<String>> currencies(UUID workspaceId) {
        return database.sql("""
                        select total_currency from (
                            select total_currency from customer_order where workspace_id = $1 order by placed_at desc limit 1000) o
                        where total_currency is not null group by 1 order by count(*) desc, 1
                        """)
                .bind(0, workspaceId)
                .mapValue(String.class)
                .all()
                .collectList();
    }

    private Mono<Order> one(UUID workspaceId, Flux<Order> found) {
        return store.withLines(workspaceId, found)
                .filter(orders -> !orders.isEmpty())
                .map(List::getFirst)
                .switchIfEmpty(Mono.error(() -> new NotFound("order.not-found")));
    }
}
