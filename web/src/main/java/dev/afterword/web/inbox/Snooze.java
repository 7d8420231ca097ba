package dev.afterword.web.inbox;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Until when a case is put off. */
enum Snooze {
    HOURS,
    TOMORROW,
    MONDAY,
    WEEK;

    private static final LocalTime MORNING = LocalTime.of(9, 0);

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Snooze> of(String code) {
        return Arrays.stream(values()).filter(one -> one.code().equals(code)).findFirst();
    }

    /** That moment, a morning being nine o'clock in the shop's zone. */
    Instant from(Instant now, ZoneId zone) {
        var today = now.atZone(zone).toLocalDate();
        var day = switch (this) {
            case HOURS -> null;
            case TOMORROW -> today.plusDays(1);
            case MONDAY -> today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
            case WEEK -> today.plusDays(7);
        };
        return day == null
                ? now.plus(Duration.ofHours(4))
                : day.atTime(MORNING).atZone(zone).toInstant();
    }
}
