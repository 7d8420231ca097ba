package dev.afterword.db.survey;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a survey will ask once it is published: what is being written, or what is published where nothing is.
 *
 * @param version counts up with every change; who changes it names the version that they saw
 * @param changed whether it differs from what is published, or nothing is published yet
 * @param changedBy the staff who changed it last; null for programs
 */
public record SurveyDraft(
        Survey survey,
        int version,
        SurveyDefinition definition,
        boolean changed,
        @Nullable Instant changedAt,
        @Nullable UUID changedBy) {}
