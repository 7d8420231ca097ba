package dev.afterword.db.contact.relationship;

import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A day that matters to a customer.
 *
 * @param name as "Birthday of the café", at most 80 characters
 * @param nextOn when it is next, in the workspace's zone; null when it is over
 */
public record Occasion(
        Key key,
        UUID contactId,
        String name,
        LocalDate on,
        boolean yearly,
        @Nullable LocalDate nextOn) {
    private static final int LONGEST = 80;

    /** A new one; otherwise {@code occasion.name-missing} or {@code occasion.over}. */
    static Occasion of(Key contact, String name, LocalDate on, boolean yearly, LocalDate today) {
        if (name.isBlank() || name.length() > LONGEST) {
            throw new Rejected("occasion.name-missing", "occasion", LONGEST);
        }
        var next = next(on, yearly, today);
        if (next == null) {
            throw new Rejected("occasion.over", "on", on);
        }
        return new Occasion(Key.next(contact.workspaceId()), contact.id(), name.strip(), on, yearly, next);
    }

    /** The first of its days that is not over; what falls on 29 February is kept on the 28th in other years. */
    static @Nullable LocalDate next(LocalDate on, boolean yearly, LocalDate today) {
        if (!on.isBefore(today)) {
            return on;
        }
        if (!yearly) {
            return null;
        }
        var thisYear = on.plusYears(today.getYear() - on.getYear());
        return thisYear.isBefore(today) ? on.plusYears(today.getYear() - on.getYear() + 1L) : thisYear;
    }
}
