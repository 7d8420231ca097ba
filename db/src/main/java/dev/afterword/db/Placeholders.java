package dev.afterword.db;

import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Places in a text that are filled with what is known of somebody: {@code {{contact.firstName|there}}}, with what stands there otherwise after the bar. */
public final class Placeholders {
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([^{}|]*?)\\s*(?:\\|([^{}]*))?}}");

    private Placeholders() {}

    /**
     * One place.
     *
     * @param fallback what stands there where nothing is known; null where the text names none
     */
    public record Place(String name, @Nullable String fallback) {
        /** The value, or what stands there otherwise; empty without either. */
        public String or(@Nullable String value) {
            if (value != null && !value.isBlank()) {
                return value;
            }
            return fallback == null ? "" : fallback;
        }
    }

    /** The places of a text, in order. */
    public static List<Place> in(String text) {
        return PLACE.matcher(text).results().map(Placeholders::place).toList();
    }

    /** The text with each place replaced. */
    public static String replace(String text, Function<Place, String> by) {
        return text.contains("{{")
                ? PLACE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(by.apply(place(found))))
                : text;
    }

    private static Place place(MatchResult found) {
        var fallback = found.group(2);
        return new Place(found.group(1), fallback == null ? null : fallback.strip());
    }
}
