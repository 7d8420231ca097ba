package dev.afterword.db.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Rows;
import dev.afterword.db.followup.OpenWorkspace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

@DatabaseTest
class ProductNamesTest {
    @Autowired
    DatabaseClient database;

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    ProductNames productNames;

    @Test
    void callsProductsAsTheirOrdersDidAndTellsTwinsApart() {
        var shop = new Rows(database, openWorkspace);
        var twin = new Rows(database, openWorkspace);
        ordered(shop, "A-1", "Kettle", "k-1");
        ordered(shop, "A-2", "Cups", "c-2");
        ordered(shop, "A-3", "Cups", "c-6");
        ordered(twin, "A-1", "Lamp", "l-1");

        assertThat(productNames
                        .of(shop.workspace.id(), List.of("k-1", "c-2", "c-6", "l-1", "none"), Instant.now())
                        .block())
                .isEqualTo(Map.of("k-1", "Kettle", "c-2", "Cups (c-2)", "c-6", "Cups (c-6)"));
    }

    private void ordered(Rows rows, String number, String item, String sku) {
        var at = Instant.parse("2026-05-01T10:00:00Z");
        var contact = rows.contact("Ana", number.toLowerCase() + "@example.com", "customer", number, at);
        var order = rows.order(contact, number, at, 3, item, "Kitchen");
        database.sql("update order_line set sku = $3 where workspace_id = $1 and order_id = $2")
                .bind(0, rows.workspace.id())
                .bind(1, order)
                .bind(2, sku)
                .then()
                .block();
        rows.response(contact, order, at.plusSeconds(86_400), Map.of("satisfaction", 5), Map.of());
    }
}
