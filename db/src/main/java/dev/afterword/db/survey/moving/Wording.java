package dev.afterword.db.survey.moving;

import dev.afterword.db.survey.Texts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts of another product as ours: plain, with our piping, and in our length; and the words that the other product did not write into its file. */
final class Wording {
    private static final int LONGEST = 5_000;
    private static final int LONGEST_HTML = 200_000;

    private final Findings findings;
    private final List<String> languages;
    private final Pattern places;
    private final Function<String, @Nullable String> names;

    /**
     * @param places where a text mentions something; the first group is its name, the second what stands there otherwise
     * @param names our name for it; null where it has none
     */
    Wording(Findings findings, List<String> languages, Pattern places, Function<String, @Nullable String> names) {
        this.findings = findings;
        this.languages = languages;
        this.places = places;
        this.names = names;
    }

    List<String> languages() {
        return languages;
    }

    /** Without what says nothing. */
    Texts texts(Map<String, String> byLanguage, String place, @Nullable String question) {
        var texts = new LinkedHashMap<String, String>();
        byLanguage.forEach((language, html) -> {
            var text = text(html, place, question);
            if (!text.isEmpty() && languages.contains(language)) {
                texts.put(language, text);
            }
        });
        return new Texts(texts);
    }

    @Nullable
    Texts optional(Map<String, String> byLanguage, String place, @Nullable String question) {
        var texts = texts(byLanguage, place, question);
        return texts.isEmpty() ? null : texts;
    }

    private String text(String html, String place, @Nullable String question) {
        if (PlainText.hasPicture(html)) {
            findings.add("picture-left", place, question);
        }
        if (PlainText.hasLink(html)) {
            findings.add("link-left", place, question);
        }
        var plain = piped(
                PlainText.of(html.length() > LONGEST_HTML ? html.substring(0, LONGEST_HTML) : html), place, question);
        if (plain.length() <= LONGEST) {
            return plain;
        }
        findings.add("text-cut", place, question, LONGEST);
        return plain.substring(0, Character.isHighSurrogate(plain.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }

    private String piped(String text, String place, @Nullable String question) {
        return places.matcher(text).replaceAll(found -> {
            var name = names.apply(found.group(1));
            if (name == null) {
                findings.add("piping-left", place, question, found.group());
                return Matcher.quoteReplacement(found.group());
            }
            var otherwise = found.groupCount() > 1 && found.group(2) != null ? found.group(2) : "";
            return Matcher.quoteReplacement("{{" + name + (otherwise.isBlank() ? "" : "|" + otherwise.strip()) + "}}");
        });
    }

    /** A word that the other product has built in, in every language of the survey that we have it in, else in English. */
    Texts word(String key) {
        var texts = new LinkedHashMap<String, String>();
        for (var language : languages) {
            texts.put(language, bundle(language).getString(key));
        }
        return new Texts(texts);
    }

    /** The same text in all languages, as a number is. */
    Texts same(String text) {
        var texts = new LinkedHashMap<String, String>();
        languages.forEach(language -> texts.put(language, text));
        return new Texts(texts);
    }

    private static ResourceBundle bundle(String language) {
        try {
            return ResourceBundle.getBundle(
                    "messages/moving",
                    Locale.forLanguageTag(language),
                    Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
        } catch (MissingResourceException e) {
            return ResourceBundle.getBundle("messages/moving", Locale.ROOT);
        }
    }

    /** One text after another, by language. */
    static Texts joined(Texts first, String between, Texts second) {
        var texts = new LinkedHashMap<String, String>(first.byLanguage());
        second.byLanguage().forEach((language, text) -> texts.merge(language, text, (a, b) -> a + between + b));
        return new Texts(texts);
    }
}
