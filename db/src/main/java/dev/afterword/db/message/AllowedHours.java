package dev.afterword.db.message;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The hours of the day, in the customer's zone, at which a workspace may write; from inclusive, until exclusive. Equal ends mean any hour; an end before the
 * beginning means over midnight.
 *
 * @param quietDays on which nothing goes out at any hour; never all seven
 */
public record AllowedHours(LocalTime from, LocalTime until, Set<DayOfWeek> quietDays) {
    private static final int DAYS = 9;

    public AllowedHours {
        quietDays = Set.copyOf(quietDays);
    }

    /** On every day. */
    public AllowedHours(LocalTime from, LocalTime until) {
        this(from, until, Set.of());
    }

    /** Whether mail may go out at that moment. */
    public boolean allow(Instant at, ZoneId zone) {
        var there = at.atZone(zone);
        if (quietDays.contains(there.getDayOfWeek())) {
            return false;
        }
        var local = there.toLocalTime();
        if (from.equals(until)) {
            return true;
        }
        return from.isBefore(until)
                ? !local.isBefore(from) && local.isBefore(until)
                : !local.isBefore(from) || local.isBefore(until);
    }

    /**
     * That moment when mail may go out then, else the first moment after it at which it may: the next beginning of the allowed hours, the end of a quiet day, or a
     * change of the clocks that leads into them. Hours that a change of the clocks leaves out altogether come on the next day.
     */
    public Instant next(Instant at, ZoneId zone) {
        if (allow(at, zone)) {
            return at;
        }
        var rules = zone.getRules();
        var today = at.atZone(zone).toLocalDate();
        var days = IntStream.rangeClosed(0, DAYS).mapToObj(today::plusDays).toList();
        var beginnings = days.stream()
                .map(day -> day.atTime(from))
                .flatMap(local -> rules.getValidOffsets(local).stream().map(local::toInstant));
        var midnights = days.stream().map(day -> day.atStartOfDay(zone).toInstant());
        var changes = Stream.iterate(
                        rules.nextTransition(at), Objects::nonNull, change -> rules.nextTransition(change.getInstant()))
                .limit(2)
                .map(ZoneOffsetTransition::getInstant);
        return Stream.of(beginnings, midnights, changes)
                .flatMap(moments -> moments)
                .filter(moment -> moment.isAfter(at) && allow(moment, zone))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}
