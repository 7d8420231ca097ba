package dev.afterword.db.survey;

import dev.afterword.db.Key;
import java.time.Instant;

/**
 * A questionnaire; what it asks stands in its versions.
 *
 * @param surveyKey the name that shops use, as {@code post-purchase}
 */
public record Survey(Key key, String surveyKey, String name, Instant createdAt) {}
