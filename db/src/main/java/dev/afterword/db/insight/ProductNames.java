package dev.afterword.db.insight;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.afterword.db.Columns;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What the products that segments know by their SKU are called. */
@Repository
public class ProductNames {
    private final DatabaseClient database;

    ProductNames(DatabaseClient database) {
        this.database = database;
    }

    private record Named(String sku, String name) {}

    /**
     * The names by SKU, from the products that the shop keeps here, else from what its orders called them; a SKU without a name is missing. Names that several
     * SKUs share carry the SKU too. Of the orders, those behind the latest thousand responses before a time are read: enough for whatever is compared, and as
     * fast in a shop with millions of them.
     */
    public Mono<Map<String, String>> of(UUID workspaceId, Collection<String> skus, Instant before) {
        if (skus.isEmpty()) {
            return Mono.just(Map.of());
        }
        return database.sql("""
                        select q.sku, coalesce(p.name, said.name) as name
                        from unnest($2::text[]) as q (sku)
                        left join product p on p.workspace_id = $1 and p.sku = q.sku
                        left join (
                            select distinct on (l.sku) l.sku, l.name
                            from (select r.order_id, r.answered_at from response r
                                where r.workspace_id = $1 and r.confirmed_at is not null and r.discarded_at is null and r.answered_at < $3
                                order by r.answered_at desc, r.id desc limit 1000) recent
                            join order_line l on l.workspace_id = $1 and l.order_id = recent.order_id
                            where l.sku = any($2) and l.name is not null
                            order by l.sku, recent.answered_at desc
                        ) said on said.sku = q.sku
                        where coalesce(p.name, said.name) is not null
                        """)
                .bind(0, workspaceId)
                .bind(1, skus.toArray(String[]::new))
                .bind(2, before)
                .map((Readable row) ->
                        new Named(Columns.value(row, "sku", String.class), Columns.value(row, "name", String.class)))
                .all()
                .collectList()
                .map(ProductNames::apart);
    }

    private static Map<String, String> apart(List<Named> named) {
        var times = named.stream().collect(groupingBy(Named::name, counting()));
        return named.stream()
                .collect(Collectors.toMap(
                        Named::sku,
                        one -> times.getOrDefault(one.name(), 0L) > 1
                                ? one.name() + " (" + one.sku() + ")"
                                : one.name()));
    }
}
