package dev.afterword.db.survey.moving;

import java.util.Map;

/** What LimeSurvey calls the types that we have nothing like. */
final class LssTypes {
    private static final Map<String, String> NAMES = Map.of(
            "*", "Equation", "|", "File upload", "I", "Language switch", ":", "Array (numbers)", ";", "Array (texts)");

    private LssTypes() {}

    static String name(String code) {
        return NAMES.getOrDefault(code, code.isBlank() ? "?" : code);
    }
}
