package dev.afterword.db.inbox.desk;

import dev.afterword.db.Key;

/**
 * A mail to another help desk, as it goes out.
 *
 * @param replyTo where its answers come back to; the sender for one that brings a code
 * @param messageId the same on every attempt
 */
public record DeskMail(
        Key key,
        String fromName,
        String fromAddress,
        String to,
        String replyTo,
        String messageId,
        String subject,
        String text) {}
