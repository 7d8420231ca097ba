package dev.afterword.db.contact;

import dev.afterword.db.Key;
import dev.afterword.db.workspace.Purpose;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An address that must not be written to.
 *
 * @param address normalised, as {@link Address#normalise}
 * @param purpose null: for all purposes
 */
public record Suppression(
        Key key, String address, @Nullable Purpose purpose, SuppressionReason reason, Instant createdAt) {
    public static Suppression of(
            UUID workspaceId, String email, @Nullable Purpose purpose, SuppressionReason reason, Instant now) {
        return new Suppression(Key.next(workspaceId), Address.normalise(email), purpose, reason, now);
    }
}
