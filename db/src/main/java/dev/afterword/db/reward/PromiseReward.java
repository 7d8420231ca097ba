package dev.afterword.db.reward;

import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.survey.Promise;
import io.r2dbc.postgresql.codec.Json;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lets a survey promise something to everybody who answers it; whoever is invited from then on is told so, and gets it. */
@Component
public class PromiseReward {
    private final RewardPools pools;
    private final DatabaseClient database;

    PromiseReward(RewardPools pools, DatabaseClient database) {
        this.pools = pools;
        this.database = database;
    }

    /** Otherwise {@code reward-pool.unknown}, {@code reward-pool.archived} or {@code survey.unknown}. */
    public Mono<Void> promise(UUID workspaceId, String survey, String poolKey) {
        return pools.find(workspaceId, poolKey).flatMap(found -> {
            var pool = found.pool();
            return pool.archived()
                    ? Mono.error(new Conflict("reward-pool.archived", pool.name()))
                    : set(workspaceId, survey, Json.of(new Promise(pool.key().id(), pool.offer()).json()));
        });
    }

    /** Who was promised something gets it all the same. Otherwise {@code survey.unknown}. */
    public Mono<Void> withdraw(UUID workspaceId, String survey) {
        return set(workspaceId, survey, Json.of("null"));
    }

    private Mono<Void> set(UUID workspaceId, String survey, Json promise) {
        return database.sql(
                        "update survey set promise = nullif($3::jsonb, 'null') where workspace_id = $1 and key = $2")
                .bind(0, workspaceId)
                .bind(1, survey)
                .bind(2, promise)
                .fetch()
                .rowsUpdated()
                .flatMap(updated ->
                        updated == 0 ? Mono.<Void>error(new NotFound("survey.unknown", survey)) : Mono.<Void>empty());
    }

    /** What a survey promises now; empty where it promises nothing. */
    public Mono<Promise> of(Key survey) {
        return database.sql(
                        "select promise::text from survey where workspace_id = $1 and id = $2 and promise is not null")
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .mapValue(String.class)
                .one()
                .mapNotNull(Promise::parse);
    }
}
