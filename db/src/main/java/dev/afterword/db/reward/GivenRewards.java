package dev.afterword.db.reward;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Binds;
import dev.afterword.db.Cursor;
import dev.afterword.db.Key;
import dev.afterword.db.Page;
import dev.afterword.db.order.Offer;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What was given, and what is owed. */
@Repository
public class GivenRewards {
    private static final String SELECT = """
            select g.*, p.key as pool_key, o.external_id as redeemed_order from given_reward g
            join reward_pool p on p.workspace_id = $1 and p.id = g.pool_id
            left join customer_order o on o.workspace_id = $1 and o.id = g.redeemed_order_id
            where g.workspace_id = $1 and\s""";

    private final DatabaseClient database;

    GivenRewards(DatabaseClient database) {
        this.database = database;
    }

    /** For the answer to that invitation; empty without one. */
    public Mono<GivenReward> ofInvitation(Key invitation) {
        return database.sql(SELECT + "g.invitation_id = $2")
                .bind(0, invitation.workspaceId())
                .bind(1, invitation.id())
                .map(GivenRewards::read)
                .one();
    }

    public Mono<GivenReward> find(Key key) {
        return database.sql(SELECT + "g.id = $2")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .map(GivenRewards::read)
                .one();
    }

    /** A page of them, the latest first; of one pool or of one contact where those are named. */
    public Mono<Page<GivenReward>> page(
            UUID workspaceId, @Nullable UUID pool, @Nullable UUID contact, @Nullable Cursor cursor, int size) {
        var binds = new Binds();
        binds.add(workspaceId);
        var conditions = new StringBuilder("true");
        if (pool != null) {
            conditions.append(" and g.pool_id = ").append(binds.add(pool));
        }
        if (contact != null) {
            conditions.append(" and g.contact_id = ").append(binds.add(contact));
        }
        if (cursor != null) {
            conditions.append(
                    " and (g.created_at, g.id) < (%s, %s)".formatted(binds.add(cursor.at()), binds.add(cursor.id())));
        }
        return binds.statement(
                        database,
                        SELECT + conditions + " order by g.created_at desc, g.id desc limit " + binds.add(size + 1))
                .map(GivenRewards::read)
                .all()
                .collectList()
                .map(read -> page(read, size));
    }

    private static Page<GivenReward> page(List<GivenReward> read, int size) {
        if (read.size() <= size) {
            return new Page<>(read, null);
        }
        var last = read.get(size - 1);
        return new Page<>(
                List.copyOf(read.subList(0, size)),
                new Cursor(true, last.createdAt(), last.key().id()).encode());
    }

    private static GivenReward read(Readable row) {
        return new GivenReward(
                new Key(value(row, "workspace_id", UUID.class), value(row, "id", UUID.class)),
                Gift.Kind.of(value(row, "kind", String.class)),
                value(row, "pool_id", UUID.class),
                value(row, "pool_key", String.class),
                Offer.parse(value(row, "offer", Json.class).asString()),
                row.get("contact_id", UUID.class),
                row.get("invitation_id", UUID.class),
                row.get("code", String.class),
                row.get("given_at", Instant.class),
                row.get("expires_at", Instant.class),
                row.get("redeemed_at", Instant.class),
                row.get("redeemed_order", String.class),
                value(row, "created_at", Instant.class));
    }
}
