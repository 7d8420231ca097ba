package dev.afterword.db.response.mark;

import dev.afterword.db.Key;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.SurveyDefinition;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A response with all that its marks depend on.
 *
 * @param language what it was asked in
 * @param answers those that are shown
 */
record Answered(
        Key key,
        SurveyDefinition asked,
        @Nullable UUID contactId,
        String language,
        Instant answeredAt,
        boolean complete,
        boolean imported,
        Map<Slot, Answer> answers) {}
