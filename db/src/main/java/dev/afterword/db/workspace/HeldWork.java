package dev.afterword.db.workspace;

import java.util.UUID;
import reactor.core.publisher.Mono;

/** Work of one feature that members hold, which must not stay with somebody who has left or may do it no longer; one for each kind. */
public interface HeldWork {
    /** Gives back what is held by those who may not hold it, in the transaction that took the right from them. */
    Mono<Void> release(UUID workspaceId);
}
