package dev.afterword.web.workspace;

import dev.afterword.db.Rejected;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Fields of a workspace as they are typed, and what they can be. */
final class WorkspaceFields {
    static final List<String> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(zone -> zone.contains("/") && !zone.startsWith("Etc/") && !zone.startsWith("SystemV/"))
            .sorted()
            .toList();

    /** The languages that customers' pages and mail are written in, each by its own name. */
    static final Map<String, String> LANGUAGES = languages("en", "de", "pt", "ar");

    private static final int NAME = 80;

    private WorkspaceFields() {}

    private static Map<String, String> languages(String... codes) {
        var languages = new LinkedHashMap<String, String>();
        for (var code : codes) {
            var locale = Locale.of(code);
            languages.put(code, locale.getDisplayLanguage(locale));
        }
        return languages;
    }

    static String name(String typed, String field) {
        if (typed.isEmpty() || typed.length() > NAME) {
            throw new Rejected("workspace.name-length", field, NAME);
        }
        return typed;
    }

    static ZoneId zone(String typed) {
        try {
            return ZoneId.of(typed);
        } catch (DateTimeException e) {
            throw new Rejected("workspace.zone-unknown", "zone", typed);
        }
    }

    static String language(String typed) {
        if (!LANGUAGES.containsKey(typed)) {
            throw new Rejected("workspace.language-unknown", "language", typed);
        }
        return typed;
    }
}
