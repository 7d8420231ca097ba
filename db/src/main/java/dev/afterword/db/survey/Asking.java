package dev.afterword.db.survey;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every question has, whatever its type.
 *
 * @param key the name under which answers are given and counted; unique in its survey, and stable
 * @param help a hint below the text
 * @param notApplicable whether “does not apply to me” may be answered
 * @param showIf shown only where it holds; null means always
 * @param perOrderLine whether it is asked once for each line of the order
 * @param endIf the survey ends after this question where it holds; null means never
 */
public record Asking(
        String key,
        Texts text,
        @Nullable Texts help,
        boolean required,
        boolean notApplicable,
        @Nullable Condition showIf,
        boolean perOrderLine,
        @Nullable Condition endIf) {
    /** What keys of questions, pages, options, variables look like. */
    public static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,59}");

    /** A question without conditions that need not be answered. */
    public static Asking of(String key, Texts text) {
        return new Asking(key, text, null, false, false, null, false, null);
    }
}
