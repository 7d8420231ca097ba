package dev.afterword.db.survey;

import dev.afterword.db.Key;
import java.time.Instant;
import java.util.UUID;

/** What exactly was asked; never changes once published. */
public record SurveyVersion(
        Key key, UUID surveyId, String surveyKey, int number, SurveyDefinition definition, Instant publishedAt) {}
