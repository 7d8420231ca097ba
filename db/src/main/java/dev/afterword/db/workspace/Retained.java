package dev.afterword.db.workspace;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What one feature forgets when it has been kept for as long as the workspace chose; one for each kind. */
public interface Retained {
    RetentionKind kind();

    /**
     * Forgets a batch of what is older.
     *
     * @param after what is older than this was looked at before; null for nothing
     * @return up to where it has looked now: the whole is done when this is {@code before}
     */
    Mono<Instant> forget(UUID workspaceId, @Nullable Instant after, Instant before);
}
