package dev.afterword.db.response.hit;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Transactions;
import dev.afterword.db.response.mark.MarkSpeeders;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Judges hits once it is known what followed them, and decides whether the answers that they sent count. */
@Component
public class JudgeNewHits {
    /** What a browser loads and what a scanner follows comes within this time; verdicts wait for it, answers do not. */
    public static final Duration SETTLED = Duration.ofSeconds(20);

    static final Duration BEFORE = Duration.ofMinutes(31);
    private static final int BATCH = 500;

    private final Hits hits;
    private final DecideStandings standings;
    private final MarkSpeeders speeders;
    private final DatabaseTime time;
    private final DatabaseClient database;
    private final Transactions transactions;

    JudgeNewHits(
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

    private record New(UUID id, UUID invitationId, Instant at) {}

    /** One round: a batch of every workspace that has hits to judge. True when there may be more. */
    public Mono<Boolean> judge() {
        return time.now()
                .flatMap(now -> database.sql("select distinct workspace_id from hit where rule is null and at < $1")
                        .bind(0, now.minus(SETTLED))
                        .mapValue(UUID.class)
                        .all()
                        .collectList()
                        .flatMapIterable(workspaces -> workspaces)
                        .concatMap(workspace -> batch(workspace, now))
                        .reduce(false, (more, some) -> more || some));
    }

    private Mono<Boolean> batch(UUID workspaceId, Instant now) {
        return transactions.run(database.sql("""
                        select id, invitation_id, at from hit where workspace_id = $1 and rule is null and at < $2 order by at limit $3 for update skip locked
                        """)
                .bind(0, workspaceId)
                .bind(1, now.minus(SETTLED))
                .bind(2, BATCH)
                .map((Readable row) -> new New(
                        value(row, "id", UUID.class),
                        value(row, "invitation_id", UUID.class),
                        value(row, "at", Instant.class)))
                .all()
                .collectList()
                .filter(fresh -> !fresh.isEmpty())
                .flatMap(fresh -> judge(workspaceId, fresh, now).thenReturn(fresh.size() == BATCH))
                .defaultIfEmpty(false));
    }

    private Mono<Void> judge(UUID workspaceId, List<New> fresh, Instant now) {
        var ids = fresh.stream().map(New::id).collect(Collectors.toSet());
        var links = fresh.stream().map(New::invitationId).collect(Collectors.toSet());
        var first = fresh.stream().map(New::at).min(Instant::compareTo).orElse(now);
        return hits.around(workspaceId, links, first.minus(BEFORE)).flatMap(around -> {
            var found = Verdicts.of(
                    around, HitRule.NOW, hit -> ids.contains(hit.key().id()));
            var left = new HashSet<>(ids);
            found.forEach(one -> left.remove(one.hit().key().id()));
            return hits.write(workspaceId, found)
                    .then(hits.giveUp(workspaceId, left))
                    .then(standings.of(workspaceId, answered(found), now))
                    .then(speeders.of(workspaceId, answered(found)));
        });
    }

    /** The links through which answers came. */
    static Set<UUID> answered(List<Verdicts.Found> found) {
        var answered = new HashSet<UUID>();
        for (var one : found) {
            if (one.hit().target() == Target.ANSWER) {
                answered.add(one.hit().invitation().id());
            }
        }
        return answered;
    }
}
