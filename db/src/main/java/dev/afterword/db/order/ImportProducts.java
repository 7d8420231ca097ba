package dev.afterword.db.order;

import dev.afterword.db.Batches;
import dev.afterword.db.Batches.Met;
import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.LineResult;
import dev.afterword.db.Unnest;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes in products, many at once. */
@Component
public class ImportProducts {
    private final DatabaseClient database;
    private final Batches batches;
    private final Clock clock;

    ImportProducts(DatabaseClient database, Batches batches, Clock clock) {
        this.database = database;
        this.batches = batches;
        this.clock = clock;
    }

    /** Writes at most 500 products in one transaction; one result for each, in order. */
    public Mono<List<LineResult>> write(UUID workspaceId, List<ProductData> products) {
        return batches.write(products, batch -> work(workspaceId, batch));
    }

    private Mono<List<LineResult>> work(UUID workspaceId, List<ProductData> batch) {
        return lock(workspaceId, batch).flatMap(before -> {
            var after = new HashMap<>(before);
            var now = clock.instant();
            var results = batch.stream()
                    .map(data -> take(workspaceId, after, data, now))
                    .toList();
            return insert(
                            workspaceId,
                            after.values().stream()
                                    .filter(product -> !before.containsKey(product.sku()))
                                    .sorted(Comparator.comparing(Product::sku))
                                    .toList())
                    .then(update(
                            workspaceId,
                            after.values().stream()
                                    .filter(product -> before.containsKey(product.sku())
                                            && !product.equals(before.get(product.sku())))
                                    .toList()))
                    .thenReturn(results);
        });
    }

    private static LineResult take(UUID workspaceId, Map<String, Product> products, ProductData data, Instant now) {
        var known = products.get(data.sku());
        if (known == null) {
            products.put(data.sku(), data.toProduct(workspaceId, now));
            return LineResult.CREATED;
        }
        var product = known.isNewerThan(data) ? known : known.with(data);
        products.put(data.sku(), product);
        return LineResult.updated(!product.equals(known));
    }

    private Mono<Map<String, Product>> lock(UUID workspaceId, List<ProductData> batch) {
        return database.sql("""
                        select id, sku, name, category, image_url, supplier, accessories, replaces, useful_days, updated_at, created_at
                        from product where workspace_id = $1 and sku = any($2) order by id for no key update
                        """)
                .bind(0, workspaceId)
                .bind(1, batch.stream().map(ProductData::sku).distinct().toArray(String[]::new))
                .map((Readable row) -> product(workspaceId, row))
                .all()
                .collectMap(Product::sku);
    }

    private static Product product(UUID workspaceId, Readable row) {
        return new Product(
                new Key(workspaceId, Columns.value(row, "id", UUID.class)),
                Columns.value(row, "sku", String.class),
                row.get("name", String.class),
                row.get("category", String.class),
                row.get("image_url", String.class),
                row.get("supplier", String.class),
                List.of(Columns.value(row, "accessories", String[].class)),
                row.get("replaces", String.class),
                row.get("useful_days", Integer.class),
                row.get("updated_at", Instant.class),
                Columns.value(row, "created_at", Instant.class));
    }

    private Mono<Void> insert(UUID workspaceId, List<Product> products) {
        if (products.isEmpty()) {
            return Mono.empty();
        }
        return bind("""
                        insert into product (workspace_id, id, version, sku, name, category, image_url, supplier, accessories, replaces, useful_days, updated_at, created_at)
                        select $1, id, 0, sku, name, category, image_url, supplier, accessories::text[], replaces, useful_days, updated_at, created_at
                        from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::integer[], $11::timestamptz[], $12::timestamptz[])
                          as sent (id, sku, name, category, image_url, supplier, accessories, replaces, useful_days, updated_at, created_at)
                        on conflict (workspace_id, sku) do nothing
                        """, workspaceId, products)
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> rows == products.size() ? Mono.<Void>empty() : Mono.error(new Met("product")));
    }

    private Mono<Void> update(UUID workspaceId, List<Product> products) {
        if (products.isEmpty()) {
            return Mono.empty();
        }
        return bind("""
                        update product p
                        set version = p.version + 1, name = sent.name, category = sent.category, image_url = sent.image_url, supplier = sent.supplier,
                            accessories = sent.accessories::text[], replaces = sent.replaces, useful_days = sent.useful_days, updated_at = sent.updated_at
                        from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::integer[], $11::timestamptz[], $12::timestamptz[])
                          as sent (id, sku, name, category, image_url, supplier, accessories, replaces, useful_days, updated_at, created_at)
                        where p.workspace_id = $1 and p.id = sent.id
                        """, workspaceId, products).then();
    }

    private DatabaseClient.GenericExecuteSpec bind(String sql, UUID workspaceId, List<Product> products) {
        return Unnest.into(database.sql(sql).bind(0, workspaceId), 1, products)
                .column(UUID.class, product -> product.key().id())
                .column(String.class, Product::sku)
                .column(String.class, Product::name)
                .column(String.class, Product::category)
                .column(String.class, Product::imageUrl)
                .column(String.class, Product::supplier)
                .texts(Product::accessories)
                .column(String.class, Product::replaces)
                .column(Integer.class, Product::usefulDays)
                .column(Instant.class, Product::updatedAt)
                .column(Instant.class, Product::createdAt)
                .bound();
    }
}
