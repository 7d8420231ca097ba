package dev.afterword.api;

import dev.afterword.db.Rejected;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Days that a caller names in the query, as ISO 8601 dates. */
public final class Days {
    private Days() {}

    /** The day, or null where none is named; code {@code filter.date} with the field where it is no date. */
    public static @Nullable LocalDate of(@Nullable String value, String field) {
        if (value == null || value.isBlank()) {
            return null;
        }
        try {
            return LocalDate.parse(value.strip());
        } catch (DateTimeParseException e) {
            throw new Rejected("filter.date", field, value);
        }
    }
}
