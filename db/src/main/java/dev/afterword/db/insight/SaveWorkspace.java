package dev.afterword.db.insight;

import dev.afterword.db.Transactions;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Saves a workspace's settings. Figures stand by the workspace's days, so a new zone has all of them computed again. */
@Component
public class SaveWorkspace {
    private final Workspaces workspaces;
    private final RollUp rollUp;
    private final Transactions transactions;

    SaveWorkspace(Workspaces workspaces, RollUp rollUp, Transactions transactions) {
        this.workspaces = workspaces;
        this.rollUp = rollUp;
        this.transactions = transactions;
    }

    /** Saves what has changed since {@code before}; fails with an optimistic locking failure when somebody saved meanwhile. */
    public Mono<Workspace> save(Workspace before, Workspace changed) {
        return transactions.run(workspaces
                .save(changed)
                .flatMap(saved -> saved.zone().equals(before.zone())
                        ? Mono.just(saved)
                        : rollUp.again(saved.id()).thenReturn(saved)));
    }
}
