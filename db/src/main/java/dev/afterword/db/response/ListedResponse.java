package dev.afterword.db.response;

import dev.afterword.db.Cursor;
import dev.afterword.db.Key;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A response as staff read it: what was answered, by whom, about which order.
 *
 * @param confirmed a person pressed a button; numbers count only these
 * @param segments what was true when the answer was given, dimension to values
 */
public record ListedResponse(
        Key key,
        String surveyKey,
        String surveyName,
        UUID versionId,
        Instant answeredAt,
        boolean confirmed,
        boolean complete,
        boolean imported,
        @Nullable String language,
        @Nullable Person customer,
        @Nullable Purchase order,
        Map<String, List<String>> segments,
        List<Given> answers) {

    /** Who answered. */
    public record Person(
            UUID id, @Nullable String name, @Nullable String email, String stage) {}

    /**
     * What it is about.
     *
     * @param items the names of the first three lines
     * @param lines how many lines the order has
     */
    public record Purchase(
            UUID id,
            String externalId,
            String status,
            Instant placedAt,
            @Nullable Instant deliveredAt,
            @Nullable Instant promisedAt,
            List<String> items,
            int lines) {}

    /** One question's answer; skipped means shown and left empty. */
    public record Given(
            String question,
            boolean skipped,
            @Nullable BigDecimal number,
            @Nullable String text) {}

    /** For those who may read answers but not know whose they are. */
    public ListedResponse withoutNames() {
        return new ListedResponse(
                key,
                surveyKey,
                surveyName,
                versionId,
                answeredAt,
                confirmed,
                complete,
                imported,
                language,
                null,
                null,
                segments,
                answers);
    }

    Cursor place() {
        return new Cursor(true, answeredAt, key.id());
    }
}
