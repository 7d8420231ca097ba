package dev.afterword.db.survey;

/**
 * One of the things that may be chosen, or one row or column of a matrix.
 *
 * @param points what choosing it adds to the score
 * @param exclusive it excludes the others, as “none of these” does
 */
public record Option(String key, Texts text, int points, boolean exclusive) {
    /** The key of the option whose words the customer types. */
    public static final String OTHER = "other";

    public static Option of(String key, Texts text) {
        return new Option(key, text, 0, false);
    }
}
