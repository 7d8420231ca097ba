package dev.afterword.db.survey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A survey in a list of all.
 *
 * @param number of the version that is asked; null before the first publication
 * @param draftChangedAt when what is being written was last changed; null without unpublished changes
 */
public record ListedSurvey(
        Survey survey,
        @Nullable Integer number,
        @Nullable Instant publishedAt,
        @Nullable Instant draftChangedAt) {}
