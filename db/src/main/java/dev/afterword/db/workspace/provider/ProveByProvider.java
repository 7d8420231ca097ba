package dev.afterword.db.workspace.provider;

import dev.afterword.db.Rejected;
import dev.afterword.db.workspace.Session;
import dev.afterword.db.workspace.Sessions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lets who came in by a provider prove there once more who they are, before what cannot be undone. */
@Component
public class ProveByProvider {
    /** How far the provider's clock may be behind ours. */
    private static final Duration BEHIND = Duration.ofMinutes(1);

    private final ProviderAccounts accounts;
    private final Sessions sessions;
    private final Clock clock;

    ProveByProvider(ProviderAccounts accounts, Sessions sessions, Clock clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * Rejected with {@code provider.somebody-else}, and with {@code provider.not-asked} when the provider did not ask them.
     *
     * @param since when they were sent there
     */
    public Mono<Void> prove(Session session, Vouched vouched, Instant since) {
        var workspaceId = session.workspaceId();
        var asked = vouched.authenticatedAt();
        if (workspaceId == null) {
            return Mono.error(new Rejected("provider.somebody-else", null));
        }
        return accounts.member(workspaceId, vouched)
                .filter(session.staffId()::equals)
                .switchIfEmpty(Mono.error(() -> new Rejected("provider.somebody-else", null)))
                .filter(_ -> asked != null && !asked.isBefore(since.minus(BEHIND)))
                .switchIfEmpty(Mono.error(() -> new Rejected("provider.not-asked", null)))
                .then(Mono.defer(() -> sessions.refresh(session, clock.instant())));
    }
}
