package dev.afterword.db.reward;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.order.Offer;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The pools of all workspaces. */
@Repository
public class RewardPools {
    private static final String COLUMNS =
            "p.workspace_id, p.id, p.version, p.key, p.name, p.fixed_code, p.offer, p.warn_at, p.warned_at, p.archived_at, p.created_at";

    private final DatabaseClient database;

    RewardPools(DatabaseClient database) {
        this.database = database;
    }

    /** All that are not archived, with what became of their codes. */
    public Mono<List<ListedPool>> all(UUID workspaceId) {
        return listed("p.archived_at is null", workspaceId, null);
    }

    /** That pool; otherwise {@code reward-pool.unknown}. */
    public Mono<ListedPool> find(UUID workspaceId, String poolKey) {
        return listed("p.key = $2", workspaceId, poolKey)
                .flatMap(found -> found.isEmpty()
                        ? Mono.error(new NotFound("reward-pool.unknown", poolKey))
                        : Mono.just(found.getFirst()));
    }

    private Mono<List<ListedPool>> listed(String condition, UUID workspaceId, @Nullable String poolKey) {
        var statement = database.sql("select " + COLUMNS + """
                        , (select count(*) from reward_code c where c.workspace_id = $1 and c.pool_id = p.id and c.given_at is null) as left_over,
                            g.given, g.owed, g.redeemed,
                            (select coalesce(array_agg(s.key order by s.key), '{}') from survey s where s.workspace_id = $1 and s.promise ->> 'pool' = p.id::text) as surveys
                        from reward_pool p
                        join lateral (
                            select count(g.given_at) as given, count(*) - count(g.given_at) as owed, count(g.redeemed_at) as redeemed
                            from given_reward g where g.workspace_id = $1 and g.pool_id = p.id) g on true
                        where p.workspace_id = $1 and\s""" + condition + " order by p.name, p.id")
                .bind(0, workspaceId);
        return (poolKey == null ? statement : statement.bind(1, poolKey))
                .map((Readable row) -> new ListedPool(
                        read(row),
                        value(row, "left_over", Long.class),
                        value(row, "given", Long.class),
                        value(row, "owed", Long.class),
                        value(row, "redeemed", Long.class),
                        List.of(value(row, "surveys", String[].class))))
                .all()
                .collectList();
    }

    /** Those that codes can be given from, by name, without counting what became of their codes. */
    public Mono<List<RewardPool>> running(UUID workspaceId) {
        return database.sql(
                        "select " + COLUMNS
                                + " from reward_pool p where p.workspace_id = $1 and p.archived_at is null order by p.name, p.id")
                .bind(0, workspaceId)
                .map(RewardPools::read)
                .all()
                .collectList();
    }

    /** That pool, without counting; otherwise {@code reward-pool.unknown}. */
    public Mono<RewardPool> byKey(UUID workspaceId, String poolKey) {
        return database.sql("select " + COLUMNS + " from reward_pool p where p.workspace_id = $1 and p.key = $2")
                .bind(0, workspaceId)
                .bind(1, poolKey)
                .map(RewardPools::read)
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("reward-pool.unknown", poolKey)));
    }

    /** That pool; otherwise {@code reward-pool.unknown}. */
    public Mono<RewardPool> find(Key key) {
        return database.sql("select " + COLUMNS + " from reward_pool p where p.workspace_id = $1 and p.id = $2")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .map(RewardPools::read)
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("reward-pool.unknown", key.id())));
    }

    /** The keys of those that codes can be given from. */
    public Mono<Set<String>> keys(UUID workspaceId) {
        return database.sql("select key from reward_pool where workspace_id = $1 and archived_at is null")
                .bind(0, workspaceId)
                .mapValue(String.class)
                .all()
                .collect(Collectors.toSet());
    }

    /** Otherwise {@code reward-pool.key-taken}. */
    Mono<RewardPool> insert(RewardPool pool) {
        return database.sql("""
                        insert into reward_pool (workspace_id, id, version, key, name, fixed_code, offer, warn_at, created_at) values ($1, $2, 0, $3, $4, $5, $6, $7, $8)
                        """)
                .bind(0, pool.key().workspaceId())
                .bind(1, pool.key().id())
                .bind(2, pool.poolKey())
                .bind(3, pool.name())
                .bind(4, pool.fixedCode() == null ? Parameters.in(String.class) : pool.fixedCode())
                .bind(5, Json.of(pool.offer().json()))
                .bind(6, pool.warnAt())
                .bind(7, pool.createdAt())
                .then()
                .onErrorMap(DuplicateKeyException.class, taken -> new Conflict("reward-pool.key-taken", pool.poolKey()))
                .thenReturn(pool);
    }

    /** Otherwise {@code reward-pool.changed-meanwhile}. */
    Mono<RewardPool> update(RewardPool pool) {
        return database.sql("""
                        update reward_pool set version = version + 1, name = $4, offer = $5, warn_at = $6, archived_at = $7
                        where workspace_id = $1 and id = $2 and version = $3
                        """)
                .bind(0, pool.key().workspaceId())
                .bind(1, pool.key().id())
                .bind(2, pool.version())
                .bind(3, pool.name())
                .bind(4, Json.of(pool.offer().json()))
                .bind(5, pool.warnAt())
                .bind(6, pool.archivedAt() == null ? Parameters.in(Instant.class) : pool.archivedAt())
                .fetch()
                .rowsUpdated()
                .flatMap(updated ->
                        updated == 0 ? Mono.error(new Conflict("reward-pool.changed-meanwhile")) : find(pool.key()));
    }

    private static RewardPool read(Readable row) {
        return new RewardPool(
                new Key(value(row, "workspace_id", UUID.class), value(row, "id", UUID.class)),
                value(row, "version", Integer.class),
                value(row, "key", String.class),
                value(row, "name", String.class),
                row.get("fixed_code", String.class),
                Offer.parse(value(row, "offer", Json.class).asString()),
                value(row, "warn_at", Integer.class),
                row.get("warned_at", Instant.class),
                row.get("archived_at", Instant.class),
                value(row, "created_at", Instant.class));
    }
}
