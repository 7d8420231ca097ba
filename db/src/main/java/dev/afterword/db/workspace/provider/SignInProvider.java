package dev.afterword.db.workspace.provider;

import dev.afterword.db.Rejected;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A workspace's own provider; its secret is kept apart.
 *
 * @param label what stands on the button
 * @param enabledAt null while nobody signs in by it
 * @param onlySince since when people sign in by nothing else
 */
public record SignInProvider(
        UUID workspaceId,
        String label,
        String issuer,
        String clientId,
        @Nullable Instant enabledAt,
        @Nullable Instant onlySince) {
    private static final int LONGEST = 200;

    /** One that somebody set up; rejected with what is wrong with it. The issuer is looked at where it is called. */
    public static SignInProvider of(
            UUID workspaceId, String label, String issuer, String clientId, @Nullable Instant enabledAt) {
        if (label.isBlank() || label.strip().length() > 60) {
            throw new Rejected("provider.label-length", "label", 60);
        }
        if (clientId.isBlank() || clientId.strip().length() > LONGEST) {
            throw new Rejected("provider.client-length", "client", LONGEST);
        }
        return new SignInProvider(workspaceId, label.strip(), issuer.strip(), clientId.strip(), enabledAt, null);
    }

    public boolean on() {
        return enabledAt != null;
    }

    /** Whether people sign in by it and by nothing else. */
    public boolean only() {
        return onlySince != null;
    }

    /** Whether it is the same client at the same provider, so that what it said before still counts. */
    public boolean sameClient(SignInProvider other) {
        return issuer.equals(other.issuer) && clientId.equals(other.clientId);
    }

    /** This one in the place of one with the same client: what the workspace demands of its people stays, as long as it is on. */
    SignInProvider after(SignInProvider before) {
        return new SignInProvider(workspaceId, label, issuer, clientId, enabledAt, on() ? before.onlySince : null);
    }
}
