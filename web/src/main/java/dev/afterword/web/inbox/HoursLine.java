package dev.afterword.web.inbox;

import dev.afterword.db.inbox.CasePolicy;
import dev.afterword.db.inbox.WorkingHours.Span;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/** When somebody works, for days that follow one another and are alike. */
record HoursLine(String days, String times) {
    static List<HoursLine> of(CasePolicy policy, Locale locale, MessageSource messages) {
        var lines = new ArrayList<HoursLine>();
        for (int from = 1; from <= 7; ) {
            var span = span(policy.days(), from);
            int until = from;
            while (until < 7 && span != null && span.equals(span(policy.days(), until + 1))) {
                until++;
            }
            if (span != null) {
                lines.add(new HoursLine(
                        days(from, until, locale, messages),
                        messages.getMessage(
                                "feedback.hours.span",
                                new Object[] {SaidTimes.time(span.from(), locale), SaidTimes.time(span.until(), locale)
                                },
                                locale)));
            }
            from = until + 1;
        }
        return lines;
    }

    private static @Nullable Span span(Map<DayOfWeek, Span> days, int day) {
        return days.get(DayOfWeek.of(day));
    }

    private static String days(int from, int until, Locale locale, MessageSource messages) {
        var first = name(from, locale);
        return from == until
                ? first
                : messages.getMessage("feedback.hours.days", new Object[] {first, name(until, locale)}, locale);
    }

    private static String name(int day, Locale locale) {
        return DayOfWeek.of(day).getDisplayName(TextStyle.FULL_STANDALONE, locale);
    }
}
