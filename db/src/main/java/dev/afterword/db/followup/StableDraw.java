package dev.afterword.db.followup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Where a contact falls between 0 inclusive and 1 exclusive, for one purpose: always at the same place, and evenly over many contacts. */
final class StableDraw {
    private StableDraw() {}

    static double of(UUID workspaceId, String purpose, UUID contactId) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest((workspaceId + "/" + purpose + "/" + contactId).getBytes(StandardCharsets.UTF_8));
            // The 53 bits that a double can hold.
            return (ByteBuffer.wrap(digest).getLong() >>> 11) * 0x1.0p-53;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
