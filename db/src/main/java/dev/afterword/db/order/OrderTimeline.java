package dev.afterword.db.order;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.Money;
import dev.afterword.db.contact.TimelineSource;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Orders in a person's timeline, at the time they were placed. */
@Component
class OrderTimeline implements TimelineSource {
    private final DatabaseClient database;

    OrderTimeline(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Flux<OrderEntry> before(Key contact, Instant at, UUID id, int limit) {
        return database.sql("""
                        select o.*,
                            array(select coalesce(l.name, l.sku) from order_line l where l.workspace_id = o.workspace_id and l.order_id = o.id
                                and coalesce(l.name, l.sku) is not null order by l.number limit 5) as items,
                            (select count(*)::integer from order_line l where l.workspace_id = o.workspace_id and l.order_id = o.id) as lines
                        from customer_order o where o.workspace_id = $1 and o.contact_id = $2 and (o.placed_at, o.id) < ($3, $4)
                        order by o.placed_at desc, o.id desc limit $5
                        """)
                .bind(0, contact.workspaceId())
                .bind(1, contact.id())
                .bind(2, at)
                .bind(3, id)
                .bind(4, limit)
                .map(OrderTimeline::entry)
                .all();
    }

    private static OrderEntry entry(Readable row) {
        return new OrderEntry(
                value(row, "placed_at", Instant.class),
                value(row, "id", UUID.class),
                value(row, "external_id", String.class),
                value(row, "status", String.class),
                row.get("shipped_at", Instant.class),
                row.get("delivered_at", Instant.class),
                row.get("promised_at", Instant.class),
                total(row),
                row.get("channel", String.class),
                value(row, "test", Boolean.class),
                List.of(value(row, "items", String[].class)),
                value(row, "lines", Integer.class));
    }

    private static @Nullable Money total(Readable row) {
        var amount = row.get("total_amount", BigDecimal.class);
        var currency = row.get("total_currency", String.class);
        return amount == null || currency == null ? null : new Money(amount, currency);
    }
}
