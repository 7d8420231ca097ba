package dev.afterword.web.survey;

import java.util.Set;

/**
 * What the editor shows in its middle: the survey as a whole, its variables, a page or a question.
 *
 * @param kind survey, variables, page or question
 * @param key of the page or question; empty for the survey
 */
record Place(String kind, String key) {
    static final Place SURVEY = new Place("survey", "");
    static final Place VARIABLES = new Place("variables", "");
    private static final Set<String> KINDS = Set.of("page", "question");

    static Place question(String key) {
        return new Place("question", key);
    }

    static Place page(String key) {
        return new Place("page", key);
    }

    /** Reads {@code question:recommend}; the survey as a whole for anything else. */
    static Place parse(String text) {
        if (text.equals(VARIABLES.kind())) {
            return VARIABLES;
        }
        int colon = text.indexOf(':');
        return colon > 0 && KINDS.contains(text.substring(0, colon))
                ? new Place(text.substring(0, colon), text.substring(colon + 1))
                : SURVEY;
    }

    public boolean isQuestion() {
        return kind.equals("question");
    }

    public boolean isPage() {
        return kind.equals("page");
    }

    public boolean isVariables() {
        return kind.equals("variables");
    }

    @Override
    public String toString() {
        return key.isEmpty() ? kind : kind + ":" + key;
    }
}
