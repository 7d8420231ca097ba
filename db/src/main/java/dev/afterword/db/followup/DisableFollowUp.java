package dev.afterword.db.followup;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Switches a follow-up off: what is planned is not sent, and says so. */
@Component
public class DisableFollowUp {
    private final FollowUps followUps;
    private final DatabaseClient database;
    private final DatabaseTime time;
    private final Transactions transactions;

    DisableFollowUp(FollowUps followUps, DatabaseClient database, DatabaseTime time, Transactions transactions) {
        this.followUps = followUps;
        this.database = database;
        this.time = time;
        this.transactions = transactions;
    }

    public Mono<FollowUp> disable(Key followUp) {
        return time.now()
                .flatMap(now -> transactions.run(followUps
                        .findLocked(followUp)
                        .flatMap(found -> followUps.switched(followUp, null).then(followUps.find(followUp)))
                        .flatMap(disabled -> database.sql("""
                                update send set state = 'skipped', skip_reason = 'follow-up-off', finished_at = $3
                                where workspace_id = $1 and follow_up_id = $2 and state = 'planned'
                                """)
                                .bind(0, followUp.workspaceId())
                                .bind(1, followUp.id())
                                .bind(2, now)
                                .then()
                                .thenReturn(disabled))));
    }
}
