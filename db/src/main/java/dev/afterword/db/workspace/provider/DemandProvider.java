package dev.afterword.db.workspace.provider;

import dev.afterword.db.Conflict;
import dev.afterword.db.Transactions;
import dev.afterword.db.workspace.Session;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lets people into a workspace by its provider only, or by password too. */
@Component
public class DemandProvider {
    private final SignInProviders providers;
    private final Transactions transactions;
    private final Clock clock;

    DemandProvider(SignInProviders providers, Transactions transactions, Clock clock) {
        this.providers = providers;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** By the provider only; a conflict for who has not come in by it: they could lock themselves out. */
    public Mono<Void> demand(UUID workspaceId, Session session) {
        return transactions.run(providers
                .lock(workspaceId)
                .filter(provider -> provider.on() && workspaceId.equals(session.workspaceId()))
                .switchIfEmpty(Mono.error(() -> new Conflict("provider.prove-first")))
                .then(Mono.defer(() -> providers.demand(workspaceId, clock.instant()))));
    }

    /** By password too. */
    public Mono<Void> free(UUID workspaceId) {
        return providers.demand(workspaceId, null);
    }
}
