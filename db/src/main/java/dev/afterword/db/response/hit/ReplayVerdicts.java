package dev.afterword.db.response.hit;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Transactions;
import dev.afterword.db.response.mark.MarkSpeeders;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Judges stored hits again with the rule that holds now, and corrects which responses count; what older rules said stays beside each hit. */
@Component
public class ReplayVerdicts {
    private static final UUID FIRST = new UUID(0, 0);
    private static final int BATCH = 500;

    private final Hits hits;
    private final DecideStandings standings;
    private final MarkSpeeders speeders;
    private final DatabaseTime time;
    private final DatabaseClient database;
    private final Transactions transactions;

    ReplayVerdicts(
            Hits hits,
            DecideStandings standings,
            MarkSpeeders speeders,
            DatabaseTime time,
            DatabaseClient database,
            Transactions transactions) {
        this.hits = hits;
        this.standings = standings;
        this.speeders = speeders;
        this.time = time;
        this.database = database;
        this.transactions = transactions;
    }

    /**
     * What a part of a replay did.
     *
     * @param rule the version that judged
     * @param changed how many verdicts are others than before
     * @param next where to go on; null at the end
     */
    public record Replayed(
            int rule,
            int judged,
            int changed,
            int discarded,
            int countedAgain,
            @Nullable UUID next) {
        private Replayed plus(Replayed later) {
            return new Replayed(
                    rule,
                    judged + later.judged,
                    changed + later.changed,
                    discarded + later.discarded,
                    countedAgain + later.countedAgain,
                    later.next);
        }
    }

    private record Old(UUID id, UUID invitationId, Instant at) {}

    /** The next hits of a workspace after one, at most as many batches of 500, each in a transaction of its own; null begins with the oldest. */
    public Mono<Replayed> replay(UUID workspaceId, @Nullable UUID after, int batches) {
        return replay(workspaceId, after, batches, HitRule.NOW);
    }

    Mono<Replayed> replay(UUID workspaceId, @Nullable UUID after, int batches, HitRule rule) {
        return batch(workspaceId, after == null ? FIRST : after, rule)
                .flatMap(done -> done.next() == null || batches <= 1
                        ? Mono.just(done)
                        : replay(workspaceId, done.next(), batches - 1, rule).map(done::plus));
    }

    private Mono<Replayed> batch(UUID workspaceId, UUID after, HitRule rule) {
        return time.now()
                .flatMap(now -> transactions.run(database.sql("""
                                select id, invitation_id, at from hit where workspace_id = $1 and id > $2 and rule is not null order by id limit $3 for update
                                """)
                        .bind(0, workspaceId)
                        .bind(1, after)
                        .bind(2, BATCH)
                        .map((Readable row) -> new Old(
                                value(row, "id", UUID.class),
                                value(row, "invitation_id", UUID.class),
                                value(row, "at", Instant.class)))
                        .all()
                        .collectList()
                        .flatMap(old -> judge(workspaceId, old, rule, now))));
    }

    private Mono<Replayed> judge(UUID workspaceId, List<Old> old, HitRule rule, Instant now) {
        if (old.isEmpty()) {
            return Mono.just(new Replayed(rule.version(), 0, 0, 0, 0, null));
        }
        var ids = old.stream().map(Old::id).collect(Collectors.toSet());
        var links = old.stream().map(Old::invitationId).collect(Collectors.toSet());
        var first = old.stream().map(Old::at).min(Instant::compareTo).orElse(now);
        return hits.around(workspaceId, links, first.minus(JudgeNewHits.BEFORE)).flatMap(around -> {
            var found = Verdicts.of(around, rule, hit -> ids.contains(hit.key().id()));
            var changed = (int) found.stream().filter(Verdicts.Found::differs).count();
            return hits.write(workspaceId, found)
                    .then(speeders.of(workspaceId, JudgeNewHits.answered(found)))
                    .then(standings.of(workspaceId, JudgeNewHits.answered(found), now))
                    .map(decided -> new Replayed(
                            rule.version(),
                            found.size(),
                            changed,
                            decided.discarded(),
                            decided.countedAgain(),
                            old.size() < BATCH ? null : old.getLast().id()));
        });
    }
}
