package dev.afterword.web.inbox;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as customers read them, in the shop's zone and their language. */
final class SaidTimes {
    private SaidTimes() {}

    /** As Monday, 23 November, 17:00; Arabic has a comma of its own. */
    static @Nullable String day(@Nullable Instant at, ZoneId zone, Locale locale) {
        return at == null
                ? null
                : DateTimeFormatter.ofLocalizedPattern("MMMMEEEEd")
                                .withLocale(locale)
                                .format(at.atZone(zone))
                        + (locale.getLanguage().equals("ar") ? "، " : ", ")
                        + time(at.atZone(zone).toLocalTime(), locale);
    }

    static String time(LocalTime time, Locale locale) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(locale)
                .format(time);
    }
}
