package dev.afterword.db.inbox;

import dev.afterword.db.Rejected;
import dev.afterword.db.inbox.WorkingHours.Span;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When somebody works on cases, and how soon customers are answered.
 *
 * @param version of what was read; 0 before anybody has changed it
 * @param firstAnswer hours of work until the first answer, for the usual priority; 0 promises nothing
 * @param solution hours of work until the solution; 0 promises nothing
 * @param escalation hours of work past a due time until the owners are told; 0 for never
 */
public record CasePolicy(
        int version,
        Map<DayOfWeek, Span> days,
        Set<LocalDate> holidays,
        int firstAnswer,
        int solution,
        int escalation) {
    private static final int USUAL = 3;

    public CasePolicy {
        days = Map.copyOf(days);
        holidays = Set.copyOf(holidays);
        if (firstAnswer < 0 || firstAnswer > 1_000 || solution < 0 || solution > 10_000) {
            throw new Rejected("case.hours-range", firstAnswer < 0 || firstAnswer > 1_000 ? "firstAnswer" : "solution");
        }
        if (escalation < 0 || escalation > 1_000) {
            throw new Rejected("case.hours-range", "escalation");
        }
    }

    /** When so many hours of work are over, sooner for what is urgent; null where nothing is promised. */
    @Nullable
    public Instant due(Instant from, ZoneId zone, int hours, int priority) {
        return hours == 0 ? null : after(from, zone, hours * 60L * priority / USUAL);
    }

    /** When a quarter of that time is left. */
    Instant soon(Instant from, ZoneId zone, int hours, int priority) {
        return after(from, zone, hours * 60L * priority / USUAL * 3 / 4);
    }

    /** When it goes to the owners that something was due then; null for never. */
    @Nullable
    Instant escalates(Instant due, ZoneId zone) {
        return escalation == 0 ? null : after(due, zone, escalation * 60L);
    }

    private Instant after(Instant from, ZoneId zone, long minutes) {
        return new WorkingHours(zone, days, holidays).after(from, Duration.ofMinutes(minutes));
    }
}
