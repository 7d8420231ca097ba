package dev.afterword.db.insight;

import dev.afterword.db.Rejected;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;

/** How long the buckets of a trend are; a week begins on Monday. */
public enum Interval {
    NONE,
    DAY,
    WEEK,
    MONTH;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Interval of(String code) {
        return Arrays.stream(values())
                .filter(interval -> interval.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new Rejected("trend.interval-unknown", "interval", code));
    }

    /** The first day of the bucket that holds the day; itself for {@link #NONE}. */
    public LocalDate begin(LocalDate day) {
        return switch (this) {
            case NONE, DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    /** About how many buckets there are from one day to another, give or take one. */
    long between(LocalDate from, LocalDate to) {
        return switch (this) {
            case NONE -> 1;
            case DAY -> ChronoUnit.DAYS.between(from, to);
            case WEEK -> ChronoUnit.WEEKS.between(from, to);
            case MONTH -> ChronoUnit.MONTHS.between(from, to);
        };
    }

    /** The first day of the bucket after the one that begins on the day. */
    public LocalDate next(LocalDate begin) {
        return switch (this) {
            case NONE -> LocalDate.MAX;
            case DAY -> begin.plusDays(1);
            case WEEK -> begin.plusWeeks(1);
            case MONTH -> begin.plusMonths(1);
        };
    }
}
