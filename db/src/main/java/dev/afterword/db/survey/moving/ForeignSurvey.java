package dev.afterword.db.survey.moving;

import dev.afterword.db.survey.SurveyDefinition;
import java.util.List;

/** A survey of another product as one of ours, and what could not be carried over. */
public record ForeignSurvey(Product product, SurveyDefinition definition, List<Finding> findings) {
    private static final int LONGEST = 200;

    public ForeignSurvey {
        findings = List.copyOf(findings);
    }

    /** What the survey may be called: its title in the language that it was written in. */
    public String name() {
        var languages = definition.languages();
        var language = languages.isEmpty() ? "en" : languages.getFirst();
        var title = definition
                .title()
                .in(language, language)
                .replaceAll("\\s+", " ")
                .strip();
        return title.length() <= LONGEST ? title : title.substring(0, LONGEST).strip();
    }
}
