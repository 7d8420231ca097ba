package dev.afterword.db.response;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.survey.Facts;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What is known of those who are asked and of what they bought, as it is now; one statement, whatever their number. */
@Repository
class CustomerFacts {
    private static final TypeReference<List<Facts.Line>> LINES = new TypeReference<>() {};
    private static final TypeReference<Map<String, @Nullable Object>> ATTRIBUTES = new TypeReference<>() {};

    /** From invitations v of the workspaces $3. */
    private static final String SELECT = """
                        select v.workspace_id, v.id, v.language, c.id is not null as contact, c.name, c.stage, c.attributes,
                            o.id is not null as purchase, o.external_id, o.channel, coalesce(o.country, c.country) as country, o.total_amount,
                            case when o.delivered_at is null then 'undelivered' when o.delivered_at > o.promised_at then 'late' else 'on-time' end as delivery,
                            l.lines
                        from %s
                        left join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
                        left join customer_order o on o.workspace_id = v.workspace_id and o.id = v.order_id
                        left join lateral (
                            select jsonb_agg(jsonb_build_object('item', x.number::text, 'name', coalesce(x.name, p.name, x.sku), 'sku', x.sku,
                                'category', coalesce(x.category, p.category)) order by x.number) as lines
                            from order_line x left join product p on p.workspace_id = x.workspace_id and p.sku = x.sku
                            where x.workspace_id = v.workspace_id and x.order_id = v.order_id) l on true
                        where v.workspace_id = any($3::uuid[])
                        """;

    private final DatabaseClient database;
    private final JsonMapper json;

    CustomerFacts(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** By invitation. */
    Mono<Map<Key, Facts>> of(Collection<Key> invitations) {
        return of(database, invitations);
    }

    /** By invitation, read in the caller's own transaction. */
    Mono<Map<Key, Facts>> of(DatabaseClient client, Collection<Key> invitations) {
        return read(client.sql(SELECT.formatted("""
                        unnest($1::uuid[], $2::uuid[]) as i (workspace_id, id)
                        join invitation v on v.workspace_id = i.workspace_id and v.id = i.id
                        """))
                .bind(0, Columns.array(invitations, UUID.class, Key::workspaceId))
                .bind(1, Columns.array(invitations, UUID.class, Key::id))
                .bind(
                        2,
                        Columns.array(
                                invitations.stream().map(Key::workspaceId).collect(Collectors.toSet()),
                                UUID.class,
                                id -> id)));
    }

    /** Of somebody who begins: the invitation is not stored yet. */
    Mono<Facts> of(Invitation beginning) {
        var workspaceId = beginning.key().workspaceId();
        var statement = database.sql(
                        SELECT.formatted(
                                "(select $1::uuid as workspace_id, $2::uuid as id, $4::uuid as contact_id, $5::uuid as order_id, $6::text as language) v"))
                .bind(0, workspaceId)
                .bind(1, beginning.key().id())
                .bind(2, new UUID[] {workspaceId})
                .bind(3, Invitations.orNull(beginning.contactId()))
                .bind(4, Invitations.orNull(beginning.orderId()))
                .bind(5, beginning.language());
        return read(statement).map(found -> found.getOrDefault(beginning.key(), Facts.NONE));
    }

    private Mono<Map<Key, Facts>> read(DatabaseClient.GenericExecuteSpec statement) {
        return statement
                .map((Readable row) -> Map.entry(
                        new Key(Columns.value(row, "workspace_id", UUID.class), Columns.value(row, "id", UUID.class)),
                        facts(row)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Facts facts(Readable row) {
        var stored = row.get("lines", Json.class);
        var lines = stored == null ? List.<Facts.Line>of() : json.readValue(stored.asString(), LINES);
        return new Facts(person(row), purchase(row, lines), lines);
    }

    private Facts.@Nullable Person person(Readable row) {
        if (!Columns.value(row, "contact", Boolean.class)) {
            return null;
        }
        var attributes = new HashMap<String, String>();
        json.readValue(Columns.value(row, "attributes", Json.class).asString(), ATTRIBUTES)
                .forEach((name, value) -> {
                    if (value != null) {
                        attributes.put(name, value.toString());
                    }
                });
        var name = row.get("name", String.class);
        return new Facts.Person(
                name == null || name.isBlank() ? null : name.strip().split("\\s+", 2)[0],
                row.get("stage", String.class),
                row.get("language", String.class),
                attributes);
    }

    private static Facts.@Nullable Purchase purchase(Readable row, List<Facts.Line> lines) {
        if (!Columns.value(row, "purchase", Boolean.class)) {
            return null;
        }
        Set<String> products = new HashSet<>();
        Set<String> categories = new HashSet<>();
        for (var line : lines) {
            if (line.sku() != null) {
                products.add(line.sku());
            }
            if (line.category() != null) {
                categories.add(line.category());
            }
        }
        return new Facts.Purchase(
                row.get("external_id", String.class),
                lines.isEmpty() ? null : lines.getFirst().name(),
                row.get("delivery", String.class),
                products,
                categories,
                row.get("channel", String.class),
                row.get("country", String.class),
                row.get("total_amount", BigDecimal.class));
    }
}
