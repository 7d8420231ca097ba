package dev.afterword.db.order;

import dev.afterword.db.contact.erasure.Person;
import dev.afterword.db.contact.erasure.PersonalData;
import dev.afterword.db.contact.erasure.Section;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a person ordered. Numbers, amounts and products stay: they are the shop’s accounts, and name nobody. */
@Component
@Order(10)
class PersonalOrders implements PersonalData {
    private final DatabaseClient database;

    PersonalOrders(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<List<Section>> of(Person person) {
        return Flux.concat(Section.read(database, person, "orders", """
                        select json_build_object('number', o.external_id, 'status', o.status, 'placedAt', o.placed_at, 'shippedAt', o.shipped_at, 'deliveredAt', o.delivered_at,
                            'total', o.total_amount, 'currency', o.total_currency, 'channel', o.channel, 'country', o.country, 'codes', o.codes, 'attributes', o.attributes,
                            'lines', (select json_agg(json_build_object('sku', l.sku, 'name', l.name, 'quantity', l.quantity, 'unitPrice', l.unit_price) order by l.number)
                                from order_line l where l.workspace_id = $1 and l.order_id = o.id))
                        from customer_order o where o.workspace_id = $1 and o.contact_id = $2 order by o.placed_at, o.id
                        """)).collectList();
    }

    @Override
    public Mono<Void> erase(Person person) {
        return Section.run(database, person, """
                update customer_order set version = version + 1, attributes = '{}' where workspace_id = $1 and contact_id = $2
                """);
    }
}
