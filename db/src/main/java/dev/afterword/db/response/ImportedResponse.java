package dev.afterword.db.response;

import dev.afterword.db.Key;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.StoredAnswer;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A response from elsewhere as it is kept. */
record ImportedResponse(
        Key key,
        String externalId,
        UUID surveyId,
        UUID versionId,
        @Nullable UUID contactId,
        @Nullable UUID orderId,
        @Nullable String language,
        @Nullable Instant askedAt,
        Instant answeredAt,
        Map<Slot, StoredAnswer> answers,
        Instant createdAt) {}
