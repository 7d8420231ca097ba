package dev.afterword.db.survey.moving;

import dev.afterword.db.survey.SurveyDefinition;
import java.util.List;

/** A survey of another product as one of ours, and what could not be carried over. */
public record ForeignSurvey(Product product, SurveyDefinition definition, List<Finding> findings) {
    public ForeignSurvey {
        findings = List.copyOf(findings);
    }
}
