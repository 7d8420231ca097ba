package dev.afterword.db.followup;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Changes when a follow-up writes; asks that are planned move with it, reminders that are planned stay. */
@Component
public class ChangeDelays {
    private final FollowUps followUps;
    private final PlanAgain again;
    private final DatabaseTime time;
    private final Transactions transactions;

    ChangeDelays(FollowUps followUps, PlanAgain again, DatabaseTime time, Transactions transactions) {
        this.followUps = followUps;
        this.again = again;
        this.time = time;
        this.transactions = transactions;
    }

    /**
     * Fails with {@code follow-up.delay-negative} for what is not a number of days from 0 to 365.
     *
     * @param toReminder null: no reminder
     */
    public Mono<FollowUp> change(Key followUp, int afterDelivery, int afterShipping, @Nullable Integer toReminder) {
        return time.now()
                .flatMap(now -> transactions
                        .run(followUps
                                .findLocked(followUp)
                                .map(found -> found.withDelays(afterDelivery, afterShipping, toReminder))
                                .flatMap(followUps::update))
                        .flatMap(changed -> again.plan(changed, now).thenReturn(changed)));
    }
}
