package dev.afterword.db.survey;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One text in several languages, by BCP 47 tag. */
public record Texts(@JsonValue Map<String, String> byLanguage) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Texts {
        byLanguage = new LinkedHashMap<>(byLanguage);
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
