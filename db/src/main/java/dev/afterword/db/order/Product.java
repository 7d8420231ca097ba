package dev.afterword.db.order;

import dev.afterword.db.Key;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the shop sells, as far as it told us.
 *
 * @param accessories the SKUs of what goes with it
 * @param replaces the SKU of what it came after
 * @param usefulDays how long it is used before it is bought again
 * @param updatedAt the source's own time of its last change
 */
public record Product(
        Key key,
        String sku,
        @Nullable String name,
        @Nullable String category,
        @Nullable String imageUrl,
        @Nullable String supplier,
        List<String> accessories,
        @Nullable String replaces,
        @Nullable Integer usefulDays,
        @Nullable Instant updatedAt,
        Instant createdAt) {

    /** Whether what was sent is older than what is known; it then changes nothing. */
    boolean isNewerThan(ProductData data) {
        return updatedAt != null && data.updatedAt() != null && data.updatedAt().isBefore(updatedAt);
    }

    /** This product with what was sent; none never replaces what is known. */
    Product with(ProductData data) {
        return new Product(
                key,
                sku,
                data.name() == null ? name : data.name(),
                data.category() == null ? category : data.category(),
                data.imageUrl() == null ? imageUrl : data.imageUrl(),
                data.supplier() == null ? supplier : data.supplier(),
                data.accessories() == null ? accessories : data.accessories(),
                data.replaces() == null ? replaces : data.replaces(),
                data.usefulDays() == null ? usefulDays : data.usefulDays(),
                data.updatedAt() == null ? updatedAt : data.updatedAt(),
                createdAt);
    }
}
