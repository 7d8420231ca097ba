package dev.afterword.db.followup;

import dev.afterword.db.Key;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a marketer configures: whom to write to, when, and why.
 *
 * @param followUpKey the stable name, as {@code post-purchase}
 * @param published what it says; null while nothing has been published
 * @param draft what is being written; null where that is what is published
 * @param draftVersion counts what was saved, so that nobody overwrites what another wrote
 * @param enabledAt null: switched off
 */
public record FollowUp(
        Key key,
        String followUpKey,
        String name,
        @Nullable Published published,
        @Nullable FollowUpDefinition draft,
        int draftVersion,
        @Nullable Instant enabledAt,
        @Nullable Instant archivedAt,
        Instant createdAt) {

    /** A version of it. */
    public record Published(UUID versionId, int number, FollowUpDefinition definition) {}

    public boolean enabled() {
        return enabledAt != null;
    }

    /** The same as if it had been switched on then, unless it is on. */
    FollowUp asIfOn(Instant since) {
        return enabledAt != null
                ? this
                : new FollowUp(key, followUpKey, name, published, draft, draftVersion, since, archivedAt, createdAt);
    }

    /** What is shown and changed: what is being written, else what is published. */
    public FollowUpDefinition shown() {
        if (draft != null) {
            return draft;
        }
        if (published == null) {
            throw new IllegalStateException("follow-up " + key + " says nothing");
        }
        return published.definition();
    }
}
