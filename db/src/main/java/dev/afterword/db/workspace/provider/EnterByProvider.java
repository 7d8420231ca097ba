package dev.afterword.db.workspace.provider;

import dev.afterword.db.Rejected;
import dev.afterword.db.SecurityLog;
import dev.afterword.db.Transactions;
import dev.afterword.db.workspace.Session;
import dev.afterword.db.workspace.Sessions;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Begins a session for a member of a workspace whom its provider vouches for. The provider is the workspace's own choice, so its word opens nothing else: neither
 * another workspace of the same person nor what is theirs alone.
 */
@Component
public class EnterByProvider {
    private final SignInProviders providers;
    private final ProviderAccounts accounts;
    private final Sessions sessions;
    private final Transactions transactions;
    private final Clock clock;

    EnterByProvider(
            SignInProviders providers,
            ProviderAccounts accounts,
            Sessions sessions,
            Transactions transactions,
            Clock clock) {
        this.providers = providers;
        this.accounts = accounts;
        this.sessions = sessions;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * The id of the new session, for the cookie. Rejected with {@code provider.no-member}, {@code provider.address-unverified} or {@code
     * provider.linked-otherwise}, and with {@code provider.over} when the workspace has another provider by now.
     */
    public Mono<String> enter(UUID workspaceId, Vouched vouched, String device) {
        var now = clock.instant();
        return transactions.run(providers
                .lock(workspaceId)
                .filter(provider -> provider.on()
                        && provider.issuer().equals(vouched.issuer())
                        && provider.clientId().equals(vouched.clientId()))
                .switchIfEmpty(Mono.error(() -> new Rejected("provider.over", null)))
                .then(accounts.member(workspaceId, vouched))
                .switchIfEmpty(Mono.defer(() -> link(workspaceId, vouched, now)))
                .flatMap(staffId -> sessions.openBy(
                                workspaceId, staffId, now, device, freshAt(vouched.authenticatedAt(), now))
                        .doOnNext(_ -> SecurityLog.entered("sign-in.provider", staffId)))
                .doOnError(Rejected.class, refused -> SecurityLog.refused(refused.code(), workspaceId)));
    }

    /** The address says who it is once; from then on the account does, whatever address it has. */
    private Mono<UUID> link(UUID workspaceId, Vouched vouched, Instant now) {
        var email = vouched.email();
        if (email == null || !vouched.emailVerified()) {
            return Mono.error(new Rejected("provider.address-unverified", null));
        }
        return accounts.memberByAddress(workspaceId, email)
                .switchIfEmpty(Mono.error(() -> new Rejected("provider.no-member", null)))
                .flatMap(staffId -> accounts.link(workspaceId, vouched, staffId, now)
                        .flatMap(linked -> linked
                                ? Mono.just(staffId)
                                : Mono.error(new Rejected("provider.linked-otherwise", null))));
    }

    /** Who was let through because they had been at the provider before has not proved anything just now. */
    private static Instant freshAt(@Nullable Instant authenticatedAt, Instant now) {
        var proved = authenticatedAt == null ? now.minus(Session.FRESH) : authenticatedAt;
        return proved.isAfter(now) ? now : proved;
    }
}
