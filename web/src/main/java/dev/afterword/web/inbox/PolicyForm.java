package dev.afterword.web.inbox;

import dev.afterword.db.inbox.CasePolicy;
import dev.afterword.db.inbox.WorkingHours.Span;
import dev.afterword.web.Form;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** When a shop works and how soon it answers, as it stands in a form. */
final class PolicyForm {
    private static final int MOST_HOLIDAYS = 500;

    private PolicyForm() {}

    static Form filled(CasePolicy policy) {
        var form = Form.blank()
                .put("version", policy.version())
                .put("firstAnswer", policy.firstAnswer())
                .put("solution", policy.solution())
                .put("escalation", policy.escalation())
                .put(
                        "holidays",
                        policy.holidays().stream()
                                .sorted()
                                .map(LocalDate::toString)
                                .collect(Collectors.joining("\n")));
        for (var day : DayOfWeek.values()) {
            var span = policy.days().get(day);
            if (span != null) {
                form.put("works-" + day.getValue(), "yes");
            }
            form.put("from-" + day.getValue(), span == null ? LocalTime.of(9, 0) : span.from())
                    .put("until-" + day.getValue(), span == null ? LocalTime.of(17, 0) : span.until());
        }
        return form;
    }

    /** Otherwise the form says what is wrong, and it is null. */
    static @Nullable CasePolicy read(Form form) {
        var days = days(form);
        var holidays = holidays(form);
        int version = form.number("version", 0, Integer.MAX_VALUE);
        int first = form.number("firstAnswer", 0, 1_000);
        int solution = form.number("solution", 0, 10_000);
        int escalation = form.number("escalation", 0, 1_000);
        return form.right() ? new CasePolicy(version, days, holidays, first, solution, escalation) : null;
    }

    private static Map<DayOfWeek, Span> days(Form form) {
        var days = new EnumMap<DayOfWeek, Span>(DayOfWeek.class);
        for (var day : DayOfWeek.values()) {
            if (form.value("works-" + day.getValue()).isEmpty()) {
                continue;
            }
            var from = time(form, "from-" + day.getValue());
            var until = time(form, "until-" + day.getValue());
            if (from == null || until == null) {
                continue;
            }
            if (!until.equals(LocalTime.MIDNIGHT) && !until.isAfter(from)) {
                form.wrong("until-" + day.getValue(), "case.hours-turned");
                continue;
            }
            days.put(day, new Span(from, until));
        }
        return days;
    }

    private static @Nullable LocalTime time(Form form, String field) {
        try {
            return LocalTime.parse(form.value(field));
        } catch (DateTimeParseException e) {
            form.wrong(field, "workspace.time-unreadable");
            return null;
        }
    }

    private static Set<LocalDate> holidays(Form form) {
        var holidays = new HashSet<LocalDate>();
        for (var line : form.value("holidays")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList()) {
            try {
                holidays.add(LocalDate.parse(line));
            } catch (DateTimeParseException e) {
                form.wrong("holidays", "field.not-a-day", line);
            }
        }
        if (holidays.size() > MOST_HOLIDAYS) {
            form.wrong("holidays", "case.holidays-many", MOST_HOLIDAYS);
        }
        return holidays;
    }
}
