package dev.afterword.db.message.incoming;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that came back, as the worker has read it.
 *
 * @param from who wrote it; null where it does not say
 * @param addresses where a token of ours may stand: whom it was sent to, whom the returned mail was from
 * @param messageId its own, in angle brackets
 * @param answers the Message-IDs that it answers or returns, the most telling first
 * @param links what the returned mail gave for unsubscribing
 * @param notices what it says; never empty for a mail
 * @param words what a person wrote, without what they quote; null for a machine's
 */
public record Incoming(
        @Nullable String from,
        List<String> addresses,
        @Nullable String messageId,
        String subject,
        List<String> answers,
        List<String> links,
        List<Notice> notices,
        @Nullable String words) {}
