package dev.afterword.db.response;

import dev.afterword.db.Fields;
import dev.afterword.db.contact.ContactData;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response that was given elsewhere, before or beside Afterword.
 *
 * @param survey the key of one of the workspace's surveys
 * @param orderExternalId the order that it is about
 * @param answers raw, by question key
 */
public record PastResponse(
        String externalId,
        String survey,
        @Nullable String orderExternalId,
        @Nullable Instant askedAt,
        Instant answeredAt,
        @Nullable String language,
        Map<String, @Nullable Object> answers) {

    /** Reads a past response; {@code externalId}, {@code survey}, {@code answeredAt} and {@code answers} must be there. */
    public static PastResponse of(Fields fields) {
        var order = fields.optionalObject("order");
        var externalId = fields.text("externalId", 300);
        var survey = fields.text("survey", 200);
        var answers = fields.values("answers");
        if (answers.isEmpty()) {
            throw fields.rejected("field.required", "answers");
        }
        return new PastResponse(
                externalId,
                survey,
                order == null ? null : order.text("externalId", 200),
                fields.optionalTime("askedAt"),
                fields.time("answeredAt"),
                ContactData.locale(fields, "language"),
                answers);
    }
}
