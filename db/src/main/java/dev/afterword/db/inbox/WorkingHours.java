package dev.afterword.db.inbox;

import dev.afterword.db.Rejected;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;

/**
 * When somebody works.
 *
 * @param days the hours of each day of the week on which somebody does; an end at midnight is the end of the day
 */
public record WorkingHours(ZoneId zone, Map<DayOfWeek, Span> days, Set<LocalDate> holidays) {
    private static final int MOST_DAYS = 4_000;

    public WorkingHours {
        days = Map.copyOf(days);
        holidays = Set.copyOf(holidays);
    }

    /** From a time of the day until another, midnight meaning the end of the day. */
    public record Span(LocalTime from, LocalTime until) {
        public Span {
            if (!until.equals(LocalTime.MIDNIGHT) && !until.isAfter(from)) {
                throw new Rejected("case.hours-turned", "hours");
            }
        }
    }

    /** The moment at which so much work has been done since then, as clocks on the wall measure it; where nobody ever works, as if somebody always did. */
    public Instant after(Instant from, Duration work) {
        if (days.isEmpty()) {
            return from.plus(work);
        }
        var left = work;
        var day = LocalDate.ofInstant(from, zone);
        for (int count = 0; count < MOST_DAYS; count++, day = day.plusDays(1)) {
            var span = holidays.contains(day) ? null : days.get(day.getDayOfWeek());
            if (span == null) {
                continue;
            }
            var begin = later(day.atTime(span.from()).atZone(zone).toInstant(), from);
            var end = (span.until().equals(LocalTime.MIDNIGHT)
                            ? day.plusDays(1).atStartOfDay(zone)
                            : day.atTime(span.until()).atZone(zone))
                    .toInstant();
            if (!end.isAfter(begin)) {
                continue;
            }
            var open = Duration.between(begin, end);
            if (left.compareTo(open) <= 0) {
                return begin.plus(left);
            }
            left = left.minus(open);
        }
        return from.plus(work);
    }

    /** How much is worked between two moments. */
    Duration between(Instant from, Instant until) {
        if (days.isEmpty()) {
            return Duration.between(from, until);
        }
        var sum = Duration.ZERO;
        var last = LocalDate.ofInstant(until, zone);
        for (var day = LocalDate.ofInstant(from, zone); !day.isAfter(last); day = day.plusDays(1)) {
            var span = holidays.contains(day) ? null : days.get(day.getDayOfWeek());
            if (span != null) {
                var begin = later(day.atTime(span.from()).atZone(zone).toInstant(), from);
                var end = (span.until().equals(LocalTime.MIDNIGHT)
                                ? day.plusDays(1).atStartOfDay(zone)
                                : day.atTime(span.until()).atZone(zone))
                        .toInstant();
                var stop = end.isBefore(until) ? end : until;
                if (stop.isAfter(begin)) {
                    sum = sum.plus(Duration.between(begin, stop));
                }
            }
        }
        return sum;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
