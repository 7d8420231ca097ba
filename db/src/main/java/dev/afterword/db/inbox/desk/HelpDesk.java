package dev.afterword.db.inbox.desk;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where another help desk gets a workspace's cases.
 *
 * @param address in lower case
 * @param codeId from which the code is made that was mailed there
 * @param confirmedAt null until that code was typed; nothing of a customer goes there before
 */
public record HelpDesk(
        String address,
        UUID codeId,
        Instant askedAt,
        int tries,
        @Nullable Instant confirmedAt) {
    public boolean confirmed() {
        return confirmedAt != null;
    }
}
