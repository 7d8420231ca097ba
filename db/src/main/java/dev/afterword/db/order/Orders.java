package dev.afterword.db.order;

import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import io.r2dbc.spi.Readable;
import java.util.List;
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

    private Mono<Order> one(UUID workspaceId, Flux<Order> found) {
        return store.withLines(workspaceId, found)
                .filter(orders -> !orders.isEmpty())
                .map(List::getFirst)
                .switchIfEmpty(Mono.error(() -> new NotFound("order.not-found")));
    }
}
