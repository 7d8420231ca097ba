package dev.afterword.db.survey;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One text in several languages, by BCP 47 tag. */
public record Texts(Map<String, String> byLanguage) {
    /** No text in any language. */
    public static final Texts NONE = new Texts(Map.of());

    public Texts {
        byLanguage = Collections.unmodifiableMap(new LinkedHashMap<>(byLanguage));
    }

    public boolean isEmpty() {
        return byLanguage.isEmpty();
    }

    /** The text in that language, with or without its region, else in the workspace's, else in English, else whichever there is; empty without any. */
    public String in(String language, String workspaceLanguage) {
        for (var wanted : new String[] {language, workspaceLanguage, "en"}) {
            var exact = byLanguage.get(wanted);
            if (exact != null) {
                return exact;
            }
            var bare = byLanguage.get(Locale.forLanguageTag(wanted).getLanguage());
            if (bare != null) {
                return bare;
            }
        }
        return byLanguage.values().stream().findFirst().orElse("");
    }
}
