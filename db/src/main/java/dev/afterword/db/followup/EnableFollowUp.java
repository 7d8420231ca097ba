package dev.afterword.db.followup;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Switches a follow-up on. Whom it would have written to from seven days ago on is planned at once; what is older never makes anything go out. */
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

    /**
     * Fails with {@code follow-up.sender-missing} or {@code follow-up.postal-address-missing} while mail could not be written, and with {@code
     * follow-up.not-published} or {@code follow-up.archived}.
     */
    public Mono<FollowUp> enable(Key followUp) {
        return time.now()
                .flatMap(now -> transactions
                        .run(workspaces
                                .findById(followUp.workspaceId())
                                .doOnNext(EnableFollowUp::check)
                                .then(followUps.findLocked(followUp))
                                .doOnNext(EnableFollowUp::check)
                                .flatMap(found -> found.enabled()
                                        ? Mono.just(found)
                                        : followUps
                                                .switched(followUp, now)
                                                .then(again.mark(followUp, now))
                                                .then(followUps.find(followUp))))
                        .flatMap(enabled -> again.plan(enabled, now).thenReturn(enabled)));
    }

    private static void check(FollowUp followUp) {
        if (followUp.archivedAt() != null) {
            throw new Conflict("follow-up.archived");
        }
        if (followUp.published() == null) {
            throw new Conflict("follow-up.not-published");
        }
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
