package dev.afterword.db;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Days that somebody names in an address, as ISO 8601 dates. */
public final class Days {
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2200;

    private Days() {}

    /** The day, or null where none is named; code {@code filter.date} with the field where it is no date of the years 1900 to 2200, which every calculation bears. */
    public static @Nullable LocalDate of(@Nullable String value, String field) {
        if (value == null || value.isBlank()) {
            return null;
        }
        try {
            var day = LocalDate.parse(value.strip());
            if (day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR) {
                return day;
            }
        } catch (DateTimeParseException _) {
            // Refused below.
        }
        throw new Rejected("filter.date", field, value);
    }
}
