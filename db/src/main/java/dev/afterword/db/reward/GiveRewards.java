package dev.afterword.db.reward;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.reward.Gift.Kind;
import dev.afterword.db.survey.Promise;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Gives what was promised to those who answered: whatever they said, when it is complete and a person sent it. */
@Component
public class GiveRewards {
    private static final Duration BACK = Duration.ofDays(40);
    private static final int BATCH = 200;
    /** What somebody said is looked at nowhere here. */
    private static final String DUE = """
            select i.id, i.contact_id, i.promise from invitation i
            join survey s on s.workspace_id = $1 and s.id = i.survey_id
            left join response r on r.workspace_id = $1 and r.invitation_id = i.id
            where i.workspace_id = $1 and i.promise is not null and i.answered_at is not null and (s.anonymous or (r.complete and r.confirmed_at is not null))
            and not exists (select from given_reward g where g.workspace_id = $1 and g.invitation_id = i.id) and\s""";

    private final GiveCodes giveCodes;
    private final DatabaseClient database;
    private final DatabaseTime time;
    private final Transactions transactions;

    GiveRewards(GiveCodes giveCodes, DatabaseClient database, DatabaseTime time, Transactions transactions) {
        this.giveCodes = giveCodes;
        this.database = database;
        this.time = time;
        this.transactions = transactions;
    }

    /** To whom of these invitations something is due, and not given yet. */
    public Mono<Void> give(UUID workspaceId, Collection<UUID> invitations) {
        return invitations.isEmpty()
                ? Mono.empty()
                : time.now()
                        .flatMap(now -> transactions.run(gifts(
                                        workspaceId,
                                        database.sql(DUE + "i.id = any($2) order by i.id")
                                                .bind(0, workspaceId)
                                                .bind(1, invitations.toArray(UUID[]::new)))
                                .flatMap(gifts -> giveCodes.give(gifts, now))
                                .then()));
    }

    /** Whom nothing else reached: answers that nobody may be tied to, and what a crash left. True when there may be more. */
    public Mono<Boolean> round() {
        return time.now()
                .flatMap(now -> database.sql("select distinct workspace_id from reward_pool")
                        .mapValue(UUID.class)
                        .all()
                        .collectList()
                        .flatMapMany(Flux::fromIterable)
                        .concatMap(workspace -> transactions.run(sweep(workspace, now)))
                        .reduce(false, (some, more) -> some || more));
    }

    private Mono<Boolean> sweep(UUID workspaceId, Instant now) {
        return gifts(
                        workspaceId,
                        database.sql(DUE + "i.answered_at > $2 order by i.answered_at, i.id limit " + BATCH)
                                .bind(0, workspaceId)
                                .bind(1, now.minus(BACK)))
                .flatMap(gifts -> giveCodes.give(gifts, now).thenReturn(gifts.size() == BATCH));
    }

    private static Mono<List<Gift>> gifts(UUID workspaceId, DatabaseClient.GenericExecuteSpec due) {
        return due.map((Readable row) -> {
                    var promise = Objects.requireNonNull(
                            Promise.parse(value(row, "promise", Json.class).asString()));
                    return new Gift(
                            Key.next(workspaceId),
                            Kind.REWARD,
                            promise.pool(),
                            promise.offer(),
                            row.get("contact_id", UUID.class),
                            value(row, "id", UUID.class),
                            null,
                            null,
                            null,
                            null,
                            true);
                })
                .all()
                .collectList();
    }
}
