package dev.afterword.db;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which end of a list that is sorted by time comes first. */
public enum First {
    NEWEST,
    OLDEST;

    /** The name in addresses, as {@code oldest}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The end of that name; the newest where it is another or none. */
    public static First of(@Nullable String code) {
        return OLDEST.code().equals(code) ? OLDEST : NEWEST;
    }

    /** The direction in SQL of the rows that a cursor leads to; going back reads them the other way round. */
    public String direction(boolean forward) {
        return (this == NEWEST) == forward ? "desc" : "asc";
    }

    /** How those rows compare with the cursor. */
    public String compare(boolean forward) {
        return (this == NEWEST) == forward ? "<" : ">";
    }
}
