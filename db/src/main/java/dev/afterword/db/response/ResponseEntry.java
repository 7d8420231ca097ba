package dev.afterword.db.response;

import dev.afterword.db.contact.TimelineEntry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An answered survey in a person's timeline.
 *
 * @param order the externalId of the order that it is about
 */
public record ResponseEntry(
        Instant at,
        UUID id,
        String surveyName,
        UUID versionId,
        boolean confirmed,
        boolean complete,
        boolean imported,
        @Nullable String order,
        List<ListedResponse.Given> answers)
        implements TimelineEntry {

    @Override
    public String kind() {
        return "response";
    }
}
