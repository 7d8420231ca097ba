package dev.afterword.db.response.topic;

import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that customers speak of again and again.
 *
 * @param version of what was read
 * @param ownerId who sees to it
 * @param archivedAt since when it is put on no more answers
 */
public record Topic(
        Key key,
        int version,
        String name,
        @Nullable UUID ownerId,
        Instant createdAt,
        @Nullable Instant archivedAt) {
    static final int LONGEST = 60;

    public Topic {
        name = name.strip();
        if (name.isEmpty()) {
            throw new Rejected("field.required", "name");
        }
        if (name.length() > LONGEST) {
            throw new Rejected("field.too-long", "name", LONGEST);
        }
    }

    public static Topic named(Key key, String name, Instant now) {
        return new Topic(key, 0, name, null, now, null);
    }

    public Topic renamed(String other) {
        return new Topic(key, version, other, ownerId, createdAt, archivedAt);
    }

    public Topic ownedBy(@Nullable UUID staffId) {
        return new Topic(key, version, name, staffId, createdAt, archivedAt);
    }

    public Topic archived(@Nullable Instant at) {
        return new Topic(key, version, name, ownerId, createdAt, at);
    }

    /** Meant for what was read at that version. */
    public Topic asOf(int seen) {
        return new Topic(key, seen, name, ownerId, createdAt, archivedAt);
    }
}
