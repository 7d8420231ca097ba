package dev.afterword.db.reward;

import dev.afterword.db.Columns;
import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.LineResult;
import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Puts codes into a pool, and gives them at once to whom one is owed. */
@Component
public class AddCodes {
    private static final int MOST_AT_ONCE = 100_000;
    private static final int BATCH = 500;

    private final RewardPools pools;
    private final GiveCodes giveCodes;
    private final DatabaseClient database;
    private final Transactions transactions;
    private final Clock clock;

    AddCodes(RewardPools pools, GiveCodes giveCodes, DatabaseClient database, Transactions transactions, Clock clock) {
        this.pools = pools;
        this.giveCodes = giveCodes;
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** One result for each code, in order: a code that stands in any pool already is unchanged. Otherwise {@code reward-pool.fixed}. At most 500 at once. */
    public Mono<List<LineResult>> add(Key pool, List<String> codes) {
        return filled(pool).flatMap(found -> {
            var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            var fine = new ArrayList<String>();
            var seen = new HashSet<String>();
            for (var code : codes) {
                if (CodePattern.readable(code.strip()) && seen.add(folded(code))) {
                    fine.add(code.strip());
                }
            }
            return transactions
                    .run(insert(pool, fine, now)
                            .flatMap(added -> giveCodes.fill(found, BATCH, now).thenReturn(added)))
                    .map(added -> codes.stream()
                            .map(code -> result(code.strip(), added))
                            .toList());
        });
    }

    /** Makes so many codes, 1 to 100,000. */
    public Mono<Integer> generate(Key pool, CodePattern pattern, int count) {
        if (count < 1 || count > MOST_AT_ONCE) {
            return Mono.error(new Rejected("field.out-of-range", "count", count));
        }
        return filled(pool)
                .then(Mono.defer(() -> round(pool, pattern, count, 0)))
                .thenReturn(count);
    }

    private Mono<Void> round(Key pool, CodePattern pattern, int left, int vain) {
        if (left <= 0) {
            return Mono.empty();
        }
        if (vain > 20) {
            return Mono.error(new Conflict("reward-code.pattern-used-up", pattern.text()));
        }
        return add(pool, pattern.make(Math.min(left, BATCH))).flatMap(results -> {
            int made = (int) results.stream().filter(LineResult.CREATED::equals).count();
            return round(pool, pattern, left - made, made == 0 ? vain + 1 : 0);
        });
    }

    private Mono<RewardPool> filled(Key pool) {
        return pools.find(pool)
                .flatMap(found ->
                        found.fixed() ? Mono.error(new Conflict("reward-pool.fixed", found.name())) : Mono.just(found));
    }

    private Mono<Set<String>> insert(Key pool, List<String> codes, Instant now) {
        if (codes.isEmpty()) {
            return Mono.just(Set.of());
        }
        return database.sql("""
                        insert into reward_code (workspace_id, id, pool_id, code, folded, created_at)
                        select $1, n.id, $2, n.code, n.folded, $3 from unnest($4::uuid[], $5::text[], $6::text[]) n(id, code, folded)
                        on conflict (workspace_id, folded) do nothing returning folded
                        """)
                .bind(0, pool.workspaceId())
                .bind(1, pool.id())
                .bind(2, now)
                .bind(3, Columns.array(codes, UUID.class, _ -> Key.nextId()))
                .bind(4, Columns.array(codes, String.class, code -> code))
                .bind(5, Columns.array(codes, String.class, AddCodes::folded))
                .mapValue(String.class)
                .all()
                .collect(Collectors.toSet());
    }

    private static LineResult result(String code, Set<String> added) {
        if (!CodePattern.readable(code)) {
            return LineResult.failed(
                    new Rejected("reward-code.unreadable", "code", code.substring(0, Math.min(60, code.length()))));
        }
        return added.contains(folded(code)) ? LineResult.CREATED : LineResult.UNCHANGED;
    }

    /** As shops compare codes. */
    static String folded(String code) {
        return code.strip().toLowerCase(Locale.ROOT);
    }
}
