package dev.afterword.db;

import com.github.f4b6a3.uuid.UuidCreator;
import com.github.f4b6a3.uuid.util.UuidUtil;
import java.time.Instant;
import java.util.UUID;

/** The key of everything that a workspace owns: nothing can be loaded without naming the workspace. */
public record Key(UUID workspaceId, UUID id) {
    /** A new key in a workspace, its id a UUIDv7 (RFC 9562). */
    public static Key next(UUID workspaceId) {
        return new Key(workspaceId, nextId());
    }

    /** A new UUIDv7: ordered by time, so that indexes grow at their end. */
    public static UUID nextId() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    /** When such an id was made, to the millisecond. */
    public static Instant madeAt(UUID id) {
        return UuidUtil.getInstant(id);
    }
}
