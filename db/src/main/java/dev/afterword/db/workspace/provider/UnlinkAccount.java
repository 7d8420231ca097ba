package dev.afterword.db.workspace.provider;

import dev.afterword.db.Transactions;
import dev.afterword.db.workspace.Sessions;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Forgets who a member is at the provider, and ends the sessions that it vouched for: with the next sign-in their mail address decides anew. */
@Component
public class UnlinkAccount {
    private final ProviderAccounts accounts;
    private final Sessions sessions;
    private final Transactions transactions;

    UnlinkAccount(ProviderAccounts accounts, Sessions sessions, Transactions transactions) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.transactions = transactions;
    }

    public Mono<Void> unlink(UUID workspaceId, UUID staffId) {
        return transactions.run(accounts.remove(workspaceId, staffId).then(sessions.endAllBy(workspaceId, staffId)));
    }
}
