package dev.afterword.db.message;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
     * That moment when mail may go out then, else the first moment after it at which it may: the next beginning of the allowed hours, or a change of the clocks
     * that leads into them. Hours that a change of the clocks leaves out altogether come on the next day.
     */
    public Instant next(Instant at, ZoneId zone) {
        if (allow(at, zone)) {
            return at;
        }
        var rules = zone.getRules();
        var today = at.atZone(zone).toLocalDate();
        var beginnings = IntStream.rangeClosed(0, 3)
                .mapToObj(days -> today.plusDays(days).atTime(from))
                .flatMap(local -> rules.getValidOffsets(local).stream().map(local::toInstant));
        var changes = Stream.iterate(
                        rules.nextTransition(at), Objects::nonNull, change -> rules.nextTransition(change.getInstant()))
                .limit(2)
                .map(ZoneOffsetTransition::getInstant);
        return Stream.concat(beginnings, changes)
                .filter(moment -> moment.isAfter(at) && allow(moment, zone))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}
