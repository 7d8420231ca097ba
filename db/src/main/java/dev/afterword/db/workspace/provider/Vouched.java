package dev.afterword.db.workspace.provider;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of who came from it, once its signature and all the rest was found right.
 *
 * @param clientId to whom it says it
 * @param subject who it is there, for ever
 * @param emailVerified whether the provider has made sure that the address is theirs
 * @param authenticatedAt when they last proved to it who they are; null where it does not say
 */
public record Vouched(
        String issuer,
        String clientId,
        String subject,
        @Nullable String email,
        boolean emailVerified,
        @Nullable Instant authenticatedAt) {
    /** Never shows the person. */
    @Override
    public String toString() {
        return "Vouched[" + issuer + "]";
    }
}
