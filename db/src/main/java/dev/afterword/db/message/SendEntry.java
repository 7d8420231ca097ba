package dev.afterword.db.message;

import dev.afterword.db.contact.TimelineEntry;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail in a person's timeline: planned, sent, or not sent and why.
 *
 * @param at when it went out or was decided; for what is planned, when it is due
 * @param followUpId null for what no follow-up wrote
 * @param step of the follow-up, by its key
 * @param order the externalId of the order that it is about
 * @param smtpReply what the receiving server, or the failure, said last
 */
public record SendEntry(
        Instant at,
        UUID id,
        @Nullable UUID followUpId,
        String step,
        String kindOfSend,
        String purpose,
        String state,
        @Nullable String skipReason,
        Instant dueAt,
        @Nullable Integer smtpCode,
        @Nullable String smtpReply,
        @Nullable UUID invitationId,
        @Nullable String order)
        implements TimelineEntry {

    @Override
    public String kind() {
        return "send";
    }
}
