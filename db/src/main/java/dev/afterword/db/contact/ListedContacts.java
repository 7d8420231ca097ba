package dev.afterword.db.contact;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Binds;
import dev.afterword.db.Cursor;
import dev.afterword.db.First;
import dev.afterword.db.Key;
import dev.afterword.db.Leaf;
import dev.afterword.db.NotFound;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Customers for reading, by their latest order; each method is one statement, whatever the number of rows. */
@Repository
public class ListedContacts {
    /** Counting ends here; beyond it a count says "more than". */
    public static final int COUNTED = 10_000;

    private final DatabaseClient database;

    ListedContacts(DatabaseClient database) {
        this.database = database;
    }

    /** Those who ordered by their latest order, the others by when they became known; a null cursor begins at the first. */
    public Mono<Leaf<ListedContact>> page(
            UUID workspaceId, ContactFilter filter, First first, @Nullable Cursor cursor, int size) {
        var forward = cursor == null || cursor.forward();
        var compare = first.compare(forward);
        var direction = first.direction(forward);
        var binds = new Binds();
        var workspace = binds.add(workspaceId);
        var conditions = conditions(binds, workspace, filter);
        var limit = binds.add(size + 1);
        var orderPlace = "";
        var contactPlace = "";
        if (cursor != null) {
            var place = "(" + binds.add(cursor.at()) + ", " + binds.add(cursor.id()) + ")";
            orderPlace = " and (o.placed_at, o.contact_id) " + compare + " " + place;
            contactPlace = " and (c.created_at, c.id) " + compare + " " + place;
        }
        // Those who ordered come in the order of customer_order_latest, the others in the order of contact_created;
        // both stop at the limit.
        var keys = """
                select c.workspace_id, c.id, at from (
                    (select c.workspace_id, c.id, o.placed_at as at
                     from customer_order o join contact c on c.workspace_id = o.workspace_id and c.id = o.contact_id
                     where o.workspace_id = %1$s%2$s%3$s
                        and not exists (select 1 from customer_order later where later.workspace_id = o.workspace_id and later.contact_id = o.contact_id
                            and (later.placed_at, later.id) > (o.placed_at, o.id))
                     order by o.placed_at %4$s, o.contact_id %4$s limit %5$s)
                    union all
                    (select c.workspace_id, c.id, c.created_at as at
                     from contact c
                     where c.workspace_id = %1$s%6$s%3$s
                        and not exists (select 1 from customer_order o where o.workspace_id = c.workspace_id and o.contact_id = c.id)
                     order by c.created_at %4$s, c.id %4$s limit %5$s)
                ) c order by at %4$s, id %4$s limit %5$s
                """.formatted(workspace, orderPlace, conditions, direction, limit, contactPlace);
        return binds.statement(database, rows(keys) + " order by k.at " + direction + ", k.id " + direction)
                .map(ListedContacts::listed)
                .all()
                .collectList()
                .map(read -> Leaf.of(
                        read,
                        size,
                        cursor,
                        contact -> new Cursor(
                                true, contact.latestAt(), contact.key().id())));
    }

    /** How many are found, counted up to one more than {@link #COUNTED}. */
    public Mono<Long> count(UUID workspaceId, ContactFilter filter) {
        var binds = new Binds();
        var workspace = binds.add(workspaceId);
        var conditions = conditions(binds, workspace, filter);
        return binds.statement(
                        database,
                        "select count(*) from (select 1 from contact c where c.workspace_id = " + workspace + conditions
                                + " limit " + binds.add(COUNTED + 1) + ") counted")
                .mapValue(Long.class)
                .one();
    }

    public Mono<ListedContact> find(Key key) {
        var binds = new Binds();
        var keys = """
                select c.workspace_id, c.id, coalesce(
                    (select max(o.placed_at) from customer_order o where o.workspace_id = c.workspace_id and o.contact_id = c.id), c.created_at) as at
                from contact c where c.workspace_id = %s and c.id = %s
                """.formatted(binds.add(key.workspaceId()), binds.add(key.id()));
        return binds.statement(database, rows(keys))
                .map(ListedContacts::listed)
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("contact.not-found", key.id())));
    }

    private static String conditions(Binds binds, String workspace, ContactFilter filter) {
        var conditions = new StringBuilder(" and c.erased_at is null");
        if (filter.stage() != null) {
            conditions.append(" and c.stage = ").append(binds.add(filter.stage()));
        }
        if (filter.owner() != null) {
            conditions.append(" and c.owner_id = ").append(binds.add(filter.owner()));
        }
        var search = filter.search();
        if (search != null) {
            var part = binds.add("%" + escaped(search.toLowerCase(Locale.ROOT)) + "%");
            var address = binds.add(
                    "%" + escaped(Address.ascii(search) ? search.toLowerCase(Locale.ROOT) : Address.normalise(search))
                            + "%");
            var whole = binds.add(search);
            conditions.append("""
                     and (lower(c.name) like %1$s or c.address like %1$s or c.address like %4$s or lower(c.external_id) like %1$s
                        or c.id in (select found.contact_id from customer_order found where found.workspace_id = %2$s and found.external_id = %3$s))
                    """.formatted(part, workspace, whole, address));
        }
        return conditions.toString();
    }

    /** What somebody types is text, not a pattern. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static String rows(String keys) {
        return """
                select c.workspace_id, c.id, c.external_id, c.name, c.email, c.country, c.stage, c.stage_at, c.created_at, k.at,
                    latest.external_id as latest_order, counted.orders, answered.responses, said.number as score, said.answered_at as score_at
                from (%s) k
                join contact c on c.workspace_id = k.workspace_id and c.id = k.id
                left join lateral (
                    select o.external_id from customer_order o where o.workspace_id = c.workspace_id and o.contact_id = c.id
                    order by o.placed_at desc, o.id desc limit 1
                ) latest on true
                join lateral (
                    select count(*)::integer as orders from customer_order o
                    where o.workspace_id = c.workspace_id and o.contact_id = c.id and o.status not in ('cancelled', 'refunded') and not o.test
                ) counted on true
                join lateral (
                    select count(*)::integer as responses from response r
                    where r.workspace_id = c.workspace_id and r.contact_id = c.id and r.confirmed_at is not null and r.discarded_at is null
                ) answered on true
                left join lateral (
                    select a.number, r.answered_at from response r
                    join answer a on a.workspace_id = r.workspace_id and a.response_id = r.id and a.question_key = 'recommend' and a.number is not null and not a.hidden
                    where r.workspace_id = c.workspace_id and r.contact_id = c.id and r.confirmed_at is not null and r.discarded_at is null
                    order by r.answered_at desc limit 1
                ) said on true
                """.formatted(keys);
    }

    private static ListedContact listed(Readable row) {
        return new ListedContact(
                new Key(value(row, "workspace_id", UUID.class), value(row, "id", UUID.class)),
                row.get("external_id", String.class),
                row.get("name", String.class),
                row.get("email", String.class),
                row.get("country", String.class),
                value(row, "stage", String.class),
                row.get("stage_at", Instant.class),
                value(row, "created_at", Instant.class),
                value(row, "at", Instant.class),
                row.get("latest_order", String.class),
                value(row, "orders", Integer.class),
                value(row, "responses", Integer.class),
                row.get("score", BigDecimal.class),
                row.get("score_at", Instant.class));
    }
}
