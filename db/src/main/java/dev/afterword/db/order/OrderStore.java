package dev.afterword.db.order;

import dev.afterword.db.Batches.Met;
import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.Money;
import dev.afterword.db.Unnest;
import dev.afterword.db.contact.ContactStore;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Loads and writes the orders of a whole batch with a fixed number of statements, inside the transaction of whoever works the batch. */
@Repository
class OrderStore {
    static final String COLUMNS =
            "select id, external_id, contact_id, status, placed_at, shipped_at, delivered_at, promised_at, total_amount, total_currency, channel, country, carrier, codes, test, attributes::text as attributes, updated_at, created_at from customer_order ";

    private final DatabaseClient database;

    OrderStore(DatabaseClient database) {
        this.database = database;
    }

    /** The known ones among the orders that were sent, by externalId, locked in the order of their ids, with their lines. */
    Mono<Map<String, Order>> lock(UUID workspaceId, Collection<OrderData> sent) {
        var externalIds = sent.stream().map(OrderData::externalId).distinct().toArray(String[]::new);
        return withLines(
                        workspaceId,
                        database.sql(
                                        COLUMNS
                                                + "where workspace_id = $1 and external_id = any($2) order by id for no key update")
                                .bind(0, workspaceId)
                                .bind(1, externalIds)
                                .map((Readable row) -> order(workspaceId, row))
                                .all())
                .map(orders -> {
                    var byExternalId = new LinkedHashMap<String, Order>();
                    orders.forEach(order -> byExternalId.put(order.externalId(), order));
                    return byExternalId;
                });
    }

    /** Orders with their lines, in two statements however many they are. */
    Mono<List<Order>> withLines(UUID workspaceId, Flux<Order> found) {
        return found.collectList()
                .flatMap(orders -> orders.isEmpty()
                        ? Mono.just(orders)
                        : lines(workspaceId, orders)
                                .map(lines -> orders.stream()
                                        .map(order -> order.withLines(
                                                lines.getOrDefault(order.key().id(), List.of())))
                                        .toList()));
    }

    private Mono<Map<UUID, List<OrderLine>>> lines(UUID workspaceId, List<Order> orders) {
        return database.sql("""
                        select order_id, external_id, sku, name, category, quantity, unit_price, product_url, image_url, supplier, returned_quantity, returned_at
                        from order_line where workspace_id = $1 and order_id = any($2) order by order_id, number
                        """)
                .bind(0, workspaceId)
                .bind(1, Columns.array(orders, UUID.class, order -> order.key().id()))
                .map((Readable row) -> Map.entry(Columns.value(row, "order_id", UUID.class), line(row)))
                .all()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    static Order order(UUID workspaceId, Readable row) {
        var amount = row.get("total_amount", BigDecimal.class);
        return new Order(
                new Key(workspaceId, Columns.value(row, "id", UUID.class)),
                Columns.value(row, "external_id", String.class),
                Columns.value(row, "contact_id", UUID.class),
                OrderStatus.find(Columns.value(row, "status", String.class)).orElseThrow(),
                Columns.value(row, "placed_at", Instant.class),
                row.get("shipped_at", Instant.class),
                row.get("delivered_at", Instant.class),
                row.get("promised_at", Instant.class),
                amount == null ? null : new Money(amount, Columns.value(row, "total_currency", String.class)),
                row.get("channel", String.class),
                row.get("country", String.class),
                row.get("carrier", String.class),
                List.of(Columns.value(row, "codes", String[].class)),
                Columns.value(row, "test", Boolean.class),
                ContactStore.attributes(Columns.value(row, "attributes", String.class)),
                row.get("updated_at", Instant.class),
                Columns.value(row, "created_at", Instant.class),
                List.of());
    }

    private static OrderLine line(Readable row) {
        var price = row.get("unit_price", BigDecimal.class);
        return new OrderLine(
                row.get("external_id", String.class),
                row.get("sku", String.class),
                row.get("name", String.class),
                row.get("category", String.class),
                Columns.value(row, "quantity", BigDecimal.class),
                price,
                row.get("product_url", String.class),
                row.get("image_url", String.class),
                row.get("supplier", String.class),
                Columns.value(row, "returned_quantity", BigDecimal.class),
                row.get("returned_at", Instant.class));
    }

    Mono<Void> insert(UUID workspaceId, Collection<Order> orders) {
        if (orders.isEmpty()) {
            return Mono.empty();
        }
        var sorted =
                orders.stream().sorted(Comparator.comparing(Order::externalId)).toList();
        return bind(database.sql("""
                        insert into customer_order (workspace_id, id, version, external_id, contact_id, status, placed_at, shipped_at, delivered_at, promised_at,
                                                    total_amount, total_currency, channel, country, carrier, codes, test, attributes, updated_at, created_at)
                        select $1, id, 0, external_id, contact_id, status, placed_at, shipped_at, delivered_at, promised_at,
                               total_amount, total_currency, channel, country, carrier, codes::text[], test, attributes::jsonb, updated_at, created_at
                        from unnest($2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[], $9::numeric[], $10::text[],
                                    $11::text[], $12::text[], $13::text[], $14::text[], $15::boolean[], $16::text[], $17::timestamptz[], $18::text[], $19::timestamptz[])
                          as sent (id, contact_id, status, placed_at, shipped_at, delivered_at, promised_at, total_amount, total_currency,
                                   channel, country, carrier, codes, test, attributes, updated_at, external_id, created_at)
                        on conflict (workspace_id, external_id) do nothing
                        """).bind(0, workspaceId), sorted)
                .column(String.class, Order::externalId)
                .column(Instant.class, Order::createdAt)
                .bound()
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> rows == orders.size() ? Mono.<Void>empty() : Mono.error(new Met("order")));
    }

    private static Unnest<Order> bind(DatabaseClient.GenericExecuteSpec statement, Collection<Order> orders) {
        return Unnest.into(statement, 1, orders)
                .column(UUID.class, order -> order.key().id())
                .column(UUID.class, Order::contactId)
                .column(String.class, order -> order.status().code())
                .column(Instant.class, Order::placedAt)
                .column(Instant.class, Order::shippedAt)
                .column(Instant.class, Order::deliveredAt)
                .column(Instant.class, Order::promisedAt)
                .column(
                        BigDecimal.class,
                        order -> order.total() == null ? null : order.total().amount())
                .column(
                        String.class,
                        order -> order.total() == null ? null : order.total().currency())
                .column(String.class, Order::channel)
                .column(String.class, Order::country)
                .column(String.class, Order::carrier)
                .texts(Order::codes)
                .column(Boolean.class, Order::test)
                .column(String.class, order -> ContactStore.json(order.attributes()))
                .column(Instant.class, Order::updatedAt);
    }

    Mono<Void> update(UUID workspaceId, Collection<Order> orders) {
        if (orders.isEmpty()) {
            return Mono.empty();
        }
        return bind(database.sql("""
                        update customer_order o
                        set version = o.version + 1, contact_id = sent.contact_id, status = sent.status, placed_at = sent.placed_at, shipped_at = sent.shipped_at,
                            delivered_at = sent.delivered_at, promised_at = sent.promised_at, total_amount = sent.total_amount, total_currency = sent.total_currency,
                            channel = sent.channel, country = sent.country, carrier = sent.carrier, codes = sent.codes::text[], test = sent.test,
                            attributes = sent.attributes::jsonb, updated_at = sent.updated_at
                        from unnest($2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[], $9::numeric[], $10::text[],
                                    $11::text[], $12::text[], $13::text[], $14::text[], $15::boolean[], $16::text[], $17::timestamptz[])
                          as sent (id, contact_id, status, placed_at, shipped_at, delivered_at, promised_at, total_amount, total_currency,
                                   channel, country, carrier, codes, test, attributes, updated_at)
                        where o.workspace_id = $1 and o.id = sent.id
                        """).bind(0, workspaceId), orders).bound().then();
    }

    /** Writes the lines of new orders, and those of known orders anew as a whole. */
    Mono<Void> replaceLines(UUID workspaceId, Collection<Order> changed, Collection<Order> added) {
        return deleteLines(workspaceId, changed).then(Mono.defer(() -> {
            var numbered = new ArrayList<Numbered>();
            for (var orders : List.of(changed, added)) {
                for (var order : orders) {
                    for (int i = 0; i < order.lines().size(); i++) {
                        numbered.add(new Numbered(
                                order.key().id(), i + 1, order.lines().get(i)));
                    }
                }
            }
            return insertLines(workspaceId, numbered);
        }));
    }

    private record Numbered(UUID orderId, int number, OrderLine line) {}

    private Mono<Void> deleteLines(UUID workspaceId, Collection<Order> orders) {
        if (orders.isEmpty()) {
            return Mono.empty();
        }
        return database.sql("delete from order_line where workspace_id = $1 and order_id = any($2)")
                .bind(0, workspaceId)
                .bind(1, Columns.array(orders, UUID.class, order -> order.key().id()))
                .then();
    }

    private Mono<Void> insertLines(UUID workspaceId, List<Numbered> lines) {
        if (lines.isEmpty()) {
            return Mono.empty();
        }
        return Unnest.into(database.sql("""
                        insert into order_line (workspace_id, id, order_id, number, external_id, sku, name, category, quantity, unit_price, product_url, image_url,
                                                supplier, returned_quantity, returned_at)
                        select $1, sent.* from unnest($2::uuid[], $3::uuid[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::text[], $9::numeric[], $10::numeric[],
                                                      $11::text[], $12::text[], $13::text[], $14::numeric[], $15::timestamptz[]) as sent
                        """).bind(0, workspaceId), 1, lines)
                .column(UUID.class, numbered -> Key.nextId())
                .column(UUID.class, Numbered::orderId)
                .column(Integer.class, Numbered::number)
                .column(String.class, numbered -> numbered.line().externalId())
                .column(String.class, numbered -> numbered.line().sku())
                .column(String.class, numbered -> numbered.line().name())
                .column(String.class, numbered -> numbered.line().category())
                .column(BigDecimal.class, numbered -> numbered.line().quantity())
                .column(BigDecimal.class, numbered -> numbered.line().unitPrice())
                .column(String.class, numbered -> numbered.line().productUrl())
                .column(String.class, numbered -> numbered.line().imageUrl())
                .column(String.class, numbered -> numbered.line().supplier())
                .column(BigDecimal.class, numbered -> numbered.line().returnedQuantity())
                .column(Instant.class, numbered -> numbered.line().returnedAt())
                .bound()
                .then();
    }
}
