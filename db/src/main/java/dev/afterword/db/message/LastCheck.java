package dev.afterword.db.message;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** What a feature has to say just before messages go out. Asked for a whole batch at once; each answers with one statement. */
public interface LastCheck {
    /** The candidates that must not be written to now, by send id, and why. */
    Mono<Map<UUID, SkipReason>> refused(UUID workspaceId, List<Candidate> candidates);
}
