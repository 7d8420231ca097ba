package dev.afterword.db.reward;

import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import dev.afterword.db.order.Offer;
import dev.afterword.db.survey.Promise;
import io.r2dbc.postgresql.codec.Json;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes pools, changes what their codes are worth from now on, and puts them away. */
@Component
public class ChangePools {
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final int LONGEST_NAME = 80;

    private final RewardPools pools;
    private final DatabaseClient database;
    private final Transactions transactions;
    private final Clock clock;

    ChangePools(RewardPools pools, DatabaseClient database, Transactions transactions, Clock clock) {
        this.pools = pools;
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * What a pool is to be.
     *
     * @param fixedCode one code for all; null where each is given once
     */
    public record Wish(String name, @Nullable String fixedCode, Offer offer, int warnAt) {
        public Wish {
            if (name.isBlank() || name.length() > LONGEST_NAME) {
                throw new Rejected("workspace.name-length", "name", LONGEST_NAME);
            }
            if (fixedCode != null && !CodePattern.readable(fixedCode)) {
                throw new Rejected("reward-code.unreadable", "fixedCode", fixedCode);
            }
        }
    }

    /** Otherwise {@code reward-pool.key-unreadable} or {@code reward-pool.key-taken}. */
    public Mono<RewardPool> create(UUID workspaceId, String poolKey, Wish wish) {
        if (!KEY.matcher(poolKey).matches()) {
            return Mono.error(new Rejected("reward-pool.key-unreadable", "key", poolKey));
        }
        return pools.insert(new RewardPool(
                Key.next(workspaceId),
                0,
                poolKey,
                wish.name().strip(),
                wish.fixedCode(),
                wish.offer(),
                wish.warnAt(),
                null,
                null,
                clock.instant().truncatedTo(ChronoUnit.MICROS)));
    }

    /** What was promised stays as it was promised; whoever is invited from now on is promised the new offer. Otherwise {@code reward-pool.changed-meanwhile}. */
    public Mono<RewardPool> change(RewardPool pool, Wish wish) {
        return transactions.run(pools.update(new RewardPool(
                        pool.key(),
                        pool.version(),
                        pool.poolKey(),
                        wish.name().strip(),
                        pool.fixedCode(),
                        wish.offer(),
                        wish.warnAt(),
                        pool.warnedAt(),
                        pool.archivedAt(),
                        pool.createdAt()))
                .flatMap(changed -> database.sql(
                                "update survey set promise = $3 where workspace_id = $1 and promise ->> 'pool' = $2")
                        .bind(0, pool.key().workspaceId())
                        .bind(1, pool.key().id().toString())
                        .bind(2, Json.of(new Promise(pool.key().id(), changed.offer()).json()))
                        .then()
                        .thenReturn(changed)));
    }

    /** Nothing new is promised from it; what was promised is still given. */
    public Mono<RewardPool> archive(RewardPool pool) {
        return transactions.run(pools.update(new RewardPool(
                        pool.key(),
                        pool.version(),
                        pool.poolKey(),
                        pool.name(),
                        pool.fixedCode(),
                        pool.offer(),
                        pool.warnAt(),
                        pool.warnedAt(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        pool.createdAt()))
                .flatMap(archived -> database.sql(
                                "update survey set promise = null where workspace_id = $1 and promise ->> 'pool' = $2")
                        .bind(0, pool.key().workspaceId())
                        .bind(1, pool.key().id().toString())
                        .then()
                        .thenReturn(archived)));
    }
}
