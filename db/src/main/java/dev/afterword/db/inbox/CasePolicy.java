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
 * @param firstAnswer hours of work until the first answer, for the usual priority; 0 promises nothing
 * @param solution hours of work until the solution; 0 promises nothing
 */
public record CasePolicy(Map<DayOfWeek, Span> days, Set<LocalDate> holidays, int firstAnswer, int solution) {
    private static final int USUAL = 3;

    public CasePolicy {
        days = Map.copyOf(days);
        holidays = Set.copyOf(holidays);
        if (firstAnswer < 0 || firstAnswer > 1_000 || solution < 0 || solution > 10_000) {
            throw new Rejected("case.hours-range", "firstAnswer");
        }
    }

    /** When so many hours of work are over, sooner for what is urgent; null where nothing is promised. */
    @Nullable
    Instant due(Instant from, ZoneId zone, int hours, int priority) {
        if (hours == 0) {
            return null;
        }
        var minutes = hours * 60L * priority / USUAL;
        return new WorkingHours(zone, days, holidays).after(from, Duration.ofMinutes(minutes));
    }
}
