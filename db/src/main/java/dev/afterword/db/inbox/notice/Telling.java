package dev.afterword.db.inbox.notice;

import dev.afterword.db.Rejected;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a staff member wants to be told of what happens in a workspace.
 *
 * @param hour of the digest, in the workspace's zone
 * @param choices what differs from the usual
 */
public record Telling(int hour, Map<NoticeKind, Choice> choices) {
    static final Telling USUAL = new Telling(8, Map.of());

    public Telling {
        choices = Map.copyOf(choices);
        if (hour < 0 || hour > 23) {
            throw new Rejected("notice.hour-range", "hour", hour);
        }
    }

    public Choice choice(NoticeKind kind) {
        return choices.getOrDefault(kind, kind.usual());
    }

    /** When they are told of something of that kind that happens now; null for never. */
    @Nullable
    Instant due(NoticeKind kind, Instant now, ZoneId zone) {
        return switch (choice(kind)) {
            case NOW -> now;
            case DIGEST -> digest(now, zone);
            case NEVER -> null;
        };
    }

    /** The next time that a clock on the wall strikes the hour; where clocks jump over it, just after. */
    private Instant digest(Instant now, ZoneId zone) {
        var today = now.atZone(zone).toLocalDate();
        var at = today.atTime(hour, 0).atZone(zone).toInstant();
        return at.isAfter(now)
                ? at
                : today.plusDays(1).atTime(hour, 0).atZone(zone).toInstant();
    }
}
