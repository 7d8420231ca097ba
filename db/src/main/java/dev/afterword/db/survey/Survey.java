package dev.afterword.db.survey;

import dev.afterword.db.Key;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A questionnaire; what it asks stands in its versions.
 *
 * @param surveyKey the name that shops use, as {@code post-purchase}
 * @param archivedAt when it was put away; null while it is in use
 */
public record Survey(
        Key key,
        String surveyKey,
        String name,
        Instant createdAt,
        @Nullable Instant archivedAt) {
    public boolean archived() {
        return archivedAt != null;
    }
}
