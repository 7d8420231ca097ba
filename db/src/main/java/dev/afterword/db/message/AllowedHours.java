package dev.afterword.db.message;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * The hours of the day, in the customer's zone, at which a workspace may write; from inclusive, until exclusive. Equal ends mean any hour; an end before the
 * beginning means over midnight.
 */
public record AllowedHours(LocalTime from, LocalTime until) {
    /** Whether mail may go out at that moment. */
    public boolean allow(Instant at, ZoneId zone) {
        var local = at.atZone(zone).toLocalTime();
        if (from.equals(until)) {
            return true;
        }
        return from.isBefore(until)
                ? !local.isBefore(from) && local.isBefore(until)
                : !local.isBefore(from) || local.isBefore(until);
    }

    /**
     * That moment when mail may go out then, else the next beginning of the allowed hours. A beginning that a change of the clocks leaves out moves to the first
     * moment after the gap; of one that comes twice the first counts.
     */
    public Instant next(Instant at, ZoneId zone) {
        if (allow(at, zone)) {
            return at;
        }
        var local = at.atZone(zone);
        var today = local.toLocalDate()
                .atTime(from)
                .atZone(zone)
                .withEarlierOffsetAtOverlap()
                .toInstant();
        return today.isAfter(at)
                ? today
                : local.toLocalDate()
                        .plusDays(1)
                        .atTime(from)
                        .atZone(zone)
                        .withEarlierOffsetAtOverlap()
                        .toInstant();
    }
}
