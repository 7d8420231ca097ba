package dev.afterword.db.response.topic;

import dev.afterword.db.Rejected;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Which text search configuration of PostgreSQL reads which language. */
public final class Dictionary {
    /** Takes words as they stand. */
    static final String NONE = "simple";

    private static final Map<String, String> BY_LANGUAGE = new TreeMap<>(Map.ofEntries(
            Map.entry("ar", "arabic"),
            Map.entry("ca", "catalan"),
            Map.entry("da", "danish"),
            Map.entry("de", "german"),
            Map.entry("el", "greek"),
            Map.entry("en", "english"),
            Map.entry("es", "spanish"),
            Map.entry("fi", "finnish"),
            Map.entry("fr", "french"),
            Map.entry("hu", "hungarian"),
            Map.entry("it", "italian"),
            Map.entry("nl", "dutch"),
            Map.entry("no", "norwegian"),
            Map.entry("pt", "portuguese"),
            Map.entry("ro", "romanian"),
            Map.entry("ru", "russian"),
            Map.entry("sv", "swedish"),
            Map.entry("tr", "turkish")));

    private Dictionary() {}

    /** Those whose words are stemmed. */
    public static List<String> languages() {
        return List.copyOf(BY_LANGUAGE.keySet());
    }

    /** Of a language as {@code language} gives it. */
    static String of(String language) {
        return BY_LANGUAGE.getOrDefault(language, NONE);
    }

    /** The language of a tag such as pt-BR, without its region. */
    static String language(String tag) {
        var language = tag.strip().toLowerCase(Locale.ROOT).replace('_', '-').split("-", 2)[0];
        if (!language.matches("[a-z]{0,8}")) {
            throw new Rejected("topic.language-unknown", "language", tag);
        }
        return language;
    }
}
