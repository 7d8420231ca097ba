package dev.afterword.db.order;

import dev.afterword.db.Fields;
import dev.afterword.db.Key;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a source says about a product; what is null was not said. */
public record ProductData(
        String sku,
        @Nullable String name,
        @Nullable String category,
        @Nullable String imageUrl,
        @Nullable String supplier,
        @Nullable List<String> accessories,
        @Nullable String replaces,
        @Nullable Integer usefulDays,
        @Nullable Instant updatedAt) {

    /** Reads a product; only {@code sku} must be there. */
    public static ProductData of(Fields fields) {
        return new ProductData(
                fields.text("sku", 200),
                fields.optionalText("name", 500),
                fields.optionalText("category", 200),
                fields.optionalText("imageUrl", 2000),
                fields.optionalText("supplier", 200),
                fields.optionalTexts("accessories", 100, 200),
                fields.optionalText("replaces", 200),
                fields.optionalInteger("usefulDays", 1, 36500),
                fields.optionalTime("updatedAt"));
    }

    Product toProduct(UUID workspaceId, Instant now) {
        return new Product(Key.next(workspaceId), sku, null, null, null, null, List.of(), null, null, null, now)
                .with(this);
    }
}
