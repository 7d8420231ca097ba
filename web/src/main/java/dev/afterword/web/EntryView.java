package dev.afterword.web;

import dev.afterword.db.contact.TimelineEntry;
import dev.afterword.db.inbox.CaseTimelineEntry;
import dev.afterword.db.response.ResponseEntry;
import dev.afterword.db.survey.SurveyDefinition;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a timeline as the page shows it.
 *
 * @param answers of a response, beside what was asked
 * @param href the page that tells more; null without one
 */
public record EntryView(
        TimelineEntry entry,
        @Nullable GivenAnswers answers,
        @Nullable String href) {
    static EntryView of(Signed signed, TimelineEntry entry, Map<UUID, SurveyDefinition> asked) {
        if (entry instanceof CaseTimelineEntry found) {
            return new EntryView(entry, null, signed.path("/inbox/" + found.id()));
        }
        if (!(entry instanceof ResponseEntry response)) {
            return new EntryView(entry, null, null);
        }
        var definition = asked.get(response.versionId());
        return new EntryView(
                entry,
                definition == null
                        ? null
                        : GivenAnswers.of(
                                response.answers(),
                                definition,
                                signed.workspace().language()),
                signed.path("/responses/" + response.id()));
    }
}
