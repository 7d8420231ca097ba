package dev.afterword.db.followup;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.followup.Enrollments.Beginning;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Known;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What is known of people who might begin a follow-up, for its audience. */
@Component
class Audience {
    private final MoreFacts moreFacts;
    private final DatabaseClient database;

    Audience(MoreFacts moreFacts, DatabaseClient database) {
        this.moreFacts = moreFacts;
        this.database = database;
    }

    /** In the order of those who might begin; nothing is read for a follow-up for everybody. */
    Mono<List<Known>> of(UUID workspaceId, FollowUpDefinition definition, List<Beginning> beginnings, Instant now) {
        if (definition.audience() == null || beginnings.isEmpty()) {
            return Mono.just(beginnings.stream().map(one -> Known.NOTHING).toList());
        }
        var people = beginnings.stream()
                .map(one -> new MoreFacts.Person(Key.nextId(), one.contactId(), one.orderId(), one.responseId()))
                .toList();
        return Mono.zip(facts(workspaceId, people), moreFacts.of(workspaceId, List.of(definition), people, now))
                .map(found -> IntStream.range(0, people.size())
                        .mapToObj(at -> {
                            var id = people.get(at).id();
                            var all = new HashMap<>(found.getT1().getOrDefault(id, Map.of()));
                            all.putAll(found.getT2().getOrDefault(id, Map.of()));
                            return new Known(all);
                        })
                        .toList());
    }

    private Mono<Map<UUID, Map<String, List<String>>>> facts(UUID workspaceId, List<MoreFacts.Person> people) {
        return database.sql("""
                        select n.id, %s
                        from unnest($2::uuid[], $3::uuid[], $4::uuid[]) n(id, contact_id, order_id)
                        join contact c on c.workspace_id = $1 and c.id = n.contact_id
                        left join customer_order o on o.workspace_id = $1 and o.id = n.order_id
                        left join lateral (%s) l on true
                        """.formatted(COLUMNS, LINES.formatted("n")))
                .bind(0, workspaceId)
                .bind(1, Columns.array(people, UUID.class, MoreFacts.Person::id))
                .bind(2, Columns.array(people, UUID.class, MoreFacts.Person::contactId))
                .bind(3, Columns.array(people, UUID.class, MoreFacts.Person::orderId))
                .map((Readable row) -> Map.entry(value(row, "id", UUID.class), read(row)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** Of contact c, order o and lines l: what {@link #read} reads. */
    static final String COLUMNS = """
            c.locale, c.country, c.attributes, c.stage, o.status, o.channel, o.country as order_country, o.carrier, o.total_amount, l.products, l.categories,
                case when o.id is null then null when o.delivered_at is null then 'undelivered' when o.delivered_at > o.promised_at then 'late' else 'on-time' end as delivery""";

    /** The lines of the order of the row with that name. */
    static final String LINES = """
            select array_agg(distinct x.sku) filter (where x.sku is not null) as products,
                    array_agg(distinct coalesce(x.category, p.category)) filter (where coalesce(x.category, p.category) is not null) as categories,
                    bool_and(x.returned_quantity >= x.quantity) as returned
                from order_line x left join product p on p.workspace_id = $1 and p.sku = x.sku
                where x.workspace_id = $1 and x.order_id = %s.order_id""";

    static Map<String, List<String>> read(Readable row) {
        var facts = new KnownFacts();
        facts.text("contact.stage", row.get("stage", String.class));
        facts.text("contact.country", row.get("country", String.class));
        facts.text("contact.language", row.get("locale", String.class));
        facts.attributes(value(row, "attributes", Json.class).asString());
        facts.text("order.status", row.get("status", String.class));
        facts.text("order.delivery", row.get("delivery", String.class));
        facts.text("order.channel", row.get("channel", String.class));
        facts.text("order.country", row.get("order_country", String.class));
        facts.text("order.carrier", row.get("carrier", String.class));
        facts.number("order.amount", row.get("total_amount", BigDecimal.class));
        facts.words("order.product", row.get("products", String[].class));
        facts.words("order.category", row.get("categories", String[].class));
        return facts.facts();
    }
}
