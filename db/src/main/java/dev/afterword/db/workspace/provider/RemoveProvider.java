package dev.afterword.db.workspace.provider;

import dev.afterword.db.Transactions;
import dev.afterword.db.workspace.Sessions;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes a workspace's provider away, with who people are there, and ends the sessions that it vouched for. */
@Component
public class RemoveProvider {
    private final SignInProviders providers;
    private final ProviderAccounts accounts;
    private final Sessions sessions;
    private final Transactions transactions;

    RemoveProvider(SignInProviders providers, ProviderAccounts accounts, Sessions sessions, Transactions transactions) {
        this.providers = providers;
        this.accounts = accounts;
        this.sessions = sessions;
        this.transactions = transactions;
    }

    public Mono<Void> remove(UUID workspaceId) {
        return transactions.run(providers
                .lock(workspaceId)
                .then(providers.remove(workspaceId))
                .then(accounts.removeAll(workspaceId))
                .then(sessions.endAllBy(workspaceId)));
    }
}
