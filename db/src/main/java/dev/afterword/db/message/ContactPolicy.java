package dev.afterword.db.message;

import dev.afterword.db.Rejected;
import dev.afterword.db.workspace.Workspace;
import java.time.DayOfWeek;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How much a workspace writes to one person, beside its hours and its quarantine over all surveys.
 *
 * @param version of what was read; 0 before anybody has changed it
 * @param quietDays on which nothing goes out in the customer's zone
 * @param mostAWeek mails of all purposes in any seven days; service always goes out, and counts; null: as many as there are
 * @param holdout the share of people in percent who get no marketing at all, so that it shows what all follow-ups together bring
 * @param quarantines days between two questions of the same survey to one person, by the survey's key
 */
public record ContactPolicy(
        int version,
        Set<DayOfWeek> quietDays,
        @Nullable Integer mostAWeek,
        int holdout,
        Map<String, Integer> quarantines) {
    public static final ContactPolicy USUAL = new ContactPolicy(0, Set.of(), 3, 0, Map.of());
    private static final int LONGEST = 730;
    private static final int MOST_HELD = 20;

    /** Fails with {@code policy.no-day-left} when every day is quiet, and {@code form.number} for a number out of bounds. */
    public ContactPolicy {
        quietDays = Set.copyOf(quietDays);
        quarantines = Map.copyOf(quarantines);
        if (quietDays.size() == DayOfWeek.values().length) {
            throw new Rejected("policy.no-day-left", "quietDays");
        }
        if (mostAWeek != null && (mostAWeek < 1 || mostAWeek > 50)) {
            throw new Rejected("form.number", "mostAWeek", 1, 50);
        }
        if (holdout < 0 || holdout > MOST_HELD) {
            throw new Rejected("form.number", "holdout", 0, MOST_HELD);
        }
        for (int days : quarantines.values()) {
            if (days < 0 || days > LONGEST) {
                throw new Rejected("form.number", "quarantines", 0, LONGEST);
            }
        }
    }

    /** When mail may go out in the customer's zone. */
    public AllowedHours hours(Workspace workspace) {
        return new AllowedHours(workspace.allowedFrom(), workspace.allowedUntil(), quietDays);
    }
}
