package dev.afterword.web;

import java.util.Locale;
import java.util.Set;

/** Which way a language is written, as the {@code dir} attribute names it. */
public final class TextDirection {
    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "he", "iw", "fa", "ur", "ps", "ckb", "dv", "yi");

    private TextDirection() {}

    public static String of(Locale locale) {
        return RIGHT_TO_LEFT.contains(locale.getLanguage()) ? "rtl" : "ltr";
    }
}
