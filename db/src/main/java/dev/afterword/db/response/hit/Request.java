package dev.afterword.db.response.hit;

import dev.afterword.db.workspace.LinkToken;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request of a genuine link, which has been answered.
 *
 * @param token of an invitation; of a send where the mail's other link was followed
 * @param status what was answered
 * @param chosen what the link chose, as recommend=9
 */
public record Request(
        LinkToken token,
        Target target,
        String method,
        int status,
        @Nullable String chosen,
        Signals signals,
        Instant at) {}
