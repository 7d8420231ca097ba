package dev.afterword.db.workspace.provider;

import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import dev.afterword.db.workspace.Sessions;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Keeps what a workspace says of its provider. Another issuer or another client is another provider: sessions that the one before vouched for end, and people may
 * sign in by password again, because nobody has shown yet that the new one lets anybody in.
 */
@Component
public class SaveProvider {
    private static final int LONGEST = 1_000;

    private final SignInProviders providers;
    private final Sessions sessions;
    private final Transactions transactions;
    private final Clock clock;

    SaveProvider(SignInProviders providers, Sessions sessions, Transactions transactions, Clock clock) {
        this.providers = providers;
        this.sessions = sessions;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Keeps it.
     *
     * @param secret empty leaves the one that is there; rejected with {@code provider.secret-missing} where there is none for this client
     */
    public Mono<Void> save(SignInProvider provider, String secret) {
        var given = secret.isBlank() ? null : secret.strip();
        if (given != null && given.length() > LONGEST) {
            return Mono.error(new Rejected("provider.secret-length", "secret", LONGEST));
        }
        return transactions.run(providers
                .lock(provider.workspaceId())
                .singleOptional()
                .flatMap(before -> replace(before, provider, given)));
    }

    private Mono<Void> replace(Optional<SignInProvider> before, SignInProvider next, @Nullable String secret) {
        var same = before.filter(next::sameClient);
        if (same.isEmpty() && secret == null) {
            return Mono.error(new Rejected("provider.secret-missing", "secret"));
        }
        var saved = providers.save(same.map(next::after).orElse(next), secret, clock.instant());
        return same.isPresent() && next.on() ? saved : saved.then(sessions.endAllBy(next.workspaceId()));
    }
}
