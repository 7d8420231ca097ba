package dev.afterword.db.followup;

import dev.afterword.db.message.Mail;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail as it goes to the mail server, apart from the protocol.
 *
 * @param notBefore when it may go out at the earliest, in the customer's allowed hours
 * @param to the customer's address
 * @param messageId the same on every attempt, in angle brackets
 * @param unsubscribeLink for one click (RFC 8058)
 * @param listId RFC 2919
 * @param feedbackId follow-up, step, purpose and workspace, by which mailbox providers group complaints
 */
public record OutgoingMail(
        Instant notBefore,
        Mail mail,
        String fromAddress,
        String fromName,
        String replyTo,
        String to,
        @Nullable String toName,
        String language,
        String messageId,
        String unsubscribeLink,
        String listId,
        String feedbackId) {}
