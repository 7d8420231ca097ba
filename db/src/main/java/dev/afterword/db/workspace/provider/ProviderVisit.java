package dev.afterword.db.workspace.provider;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed with a provider when somebody was sent to it.
 *
 * @param state what comes back with them
 * @param nonce what its word must hold
 * @param verifier what proves that it is we who sent them (PKCE)
 * @param document what the provider said of itself then, as JSON
 * @param next where they were going
 * @param sessionHash whose session is to be proved once more; null for who signs in
 */
public record ProviderVisit(
        String state,
        String nonce,
        String verifier,
        String clientId,
        String document,
        String next,
        @Nullable String sessionHash,
        Instant begunAt) {
    /** Never shows a secret. */
    @Override
    public String toString() {
        return "ProviderVisit[" + begunAt + "]";
    }
}
