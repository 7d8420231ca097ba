package dev.afterword.web;

import dev.afterword.db.contact.TimelineEntry;
import dev.afterword.db.followup.FollowUps;
import dev.afterword.db.inbox.CaseTimelineEntry;
import dev.afterword.db.message.SendEntry;
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
 * @param origin of a mail that a follow-up wrote, or decided against
 */
public record EntryView(
        TimelineEntry entry,
        @Nullable GivenAnswers answers,
        @Nullable String href,
        @Nullable Origin origin) {
    static EntryView of(
            Signed signed,
            TimelineEntry entry,
            Map<UUID, SurveyDefinition> asked,
            Map<UUID, FollowUps.Named> followUps) {
        if (entry instanceof CaseTimelineEntry found) {
            return new EntryView(entry, null, signed.path("/inbox/" + found.id()), null);
        }
        if (entry instanceof SendEntry send) {
            var named = send.followUpId() == null ? null : followUps.get(send.followUpId());
            return new EntryView(entry, null, null, named == null ? null : Origin.of(signed, named, send.step()));
        }
        if (!(entry instanceof ResponseEntry response)) {
            return new EntryView(entry, null, null, null);
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
                signed.path("/responses/" + response.id()),
                null);
    }

    /**
     * Where a mail comes from: a follow-up, and the key of its step.
     *
     * @param href its page; null for who may not open it
     */
    public record Origin(
            String followUp, String step, @Nullable String href) {
        static Origin of(Signed signed, FollowUps.Named named, String step) {
            return new Origin(
                    named.name(),
                    step,
                    signed.role().may("publish-follow-ups") ? signed.path("/follow-ups/" + named.key()) : null);
        }
    }
}
