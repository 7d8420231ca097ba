package dev.afterword.db;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

/**
 * A place in a list that is sorted by a time and an id, and the way to go on from there.
 *
 * @param forward true goes on in the list, to older rows where the newest come first; false goes back
 */
public record Cursor(boolean forward, Instant at, UUID id) {
    private static final int BYTES = 1 + 8 + 16;

    /** Opaque text for URLs; times have the database's precision of a microsecond. */
    public String encode() {
        var bytes = ByteBuffer.allocate(BYTES)
                .put((byte) (forward ? 1 : 0))
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, at))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Reads what {@link #encode()} wrote; anything else is {@code cursor.invalid}. */
    public static Cursor decode(String text) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() != BYTES) {
                throw new Rejected("cursor.invalid", "cursor");
            }
            return new Cursor(
                    bytes.get() == 1,
                    Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS),
                    new UUID(bytes.getLong(), bytes.getLong()));
        } catch (IllegalArgumentException e) {
            throw new Rejected("cursor.invalid", "cursor");
        }
    }
}
