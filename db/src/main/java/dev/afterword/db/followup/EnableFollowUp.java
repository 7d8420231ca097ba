package dev.afterword.db.followup;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Switches a follow-up on. Orders whose mail would be due from seven days ago on are planned at once; what is older never makes anything go out. */
@Component
public class EnableFollowUp {
    private final FollowUps followUps;
    private final Workspaces workspaces;
    private final PlanAgain again;
    private final DatabaseTime time;
    private final Transactions transactions;

    EnableFollowUp(
            FollowUps followUps, Workspaces workspaces, PlanAgain again, DatabaseTime time, Transactions transactions) {
        this.followUps = followUps;
        this.workspaces = workspaces;
        this.again = again;
        this.time = time;
        this.transactions = transactions;
    }

    /** Fails with {@code follow-up.sender-missing} or {@code follow-up.postal-address-missing} while mail could not be written. */
    public Mono<FollowUp> enable(Key followUp) {
        return time.now()
                .flatMap(now -> transactions
                        .run(workspaces
                                .findById(followUp.workspaceId())
                                .doOnNext(EnableFollowUp::check)
                                .then(followUps.findLocked(followUp))
                                .flatMap(found -> followUps.update(switchedOn(found, now))))
                        .flatMap(enabled -> again.plan(enabled, now).thenReturn(enabled)));
    }

    private static FollowUp switchedOn(FollowUp followUp, Instant now) {
        return followUp.enabled() ? followUp : followUp.enabled(now);
    }

    private static void check(Workspace workspace) {
        if (workspace.senderAddress() == null) {
            throw new Conflict("follow-up.sender-missing");
        }
        if (workspace.postalAddress() == null) {
            throw new Conflict("follow-up.postal-address-missing");
        }
    }
}
