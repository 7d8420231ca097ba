package dev.afterword.db.followup;

import dev.afterword.db.contact.Address;
import dev.afterword.db.message.Mail;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail as it goes to the mail server, apart from the protocol.
 *
 * @param notBefore when it may go out at the earliest, in the customer's allowed hours
 * @param returnPath where it comes back to; null: to its sender
 * @param to the customer's address
 * @param messageId the same on every attempt, in angle brackets
 * @param unsubscribeLink for one click (RFC 8058)
 * @param unsubscribeAddress the same by mail; null where no mail comes in
 * @param listId RFC 2919
 * @param feedbackId follow-up, step, purpose and workspace, by which mailbox providers group complaints
 * @param inReplyTo the Message-ID of the mail that it answers; null where it answers none
 * @param byPerson whether staff wrote it to this customer: whoever gets it may answer it by a machine, and does not take it for one
 */
public record OutgoingMail(
        Instant notBefore,
        Mail mail,
        String fromAddress,
        String fromName,
        String replyTo,
        @Nullable String returnPath,
        String to,
        @Nullable String toName,
        String language,
        String messageId,
        String unsubscribeLink,
        @Nullable String unsubscribeAddress,
        String listId,
        String feedbackId,
        @Nullable String inReplyTo,
        boolean byPerson) {
    /** A mail that answers none, and that nobody wrote for it alone. */
    public OutgoingMail(
            Instant notBefore,
            Mail mail,
            String fromAddress,
            String fromName,
            String replyTo,
            @Nullable String returnPath,
            String to,
            @Nullable String toName,
            String language,
            String messageId,
            String unsubscribeLink,
            @Nullable String unsubscribeAddress,
            String listId,
            String feedbackId) {
        this(
                notBefore,
                mail,
                fromAddress,
                fromName,
                replyTo,
                returnPath,
                to,
                toName,
                language,
                messageId,
                unsubscribeLink,
                unsubscribeAddress,
                listId,
                feedbackId,
                null,
                false);
    }

    /** The domain that it comes from, in lower case and in ASCII. */
    public String fromDomain() {
        return Address.domain(fromAddress);
    }

    /** The domain that it goes to, in lower case and in ASCII. */
    public String toDomain() {
        return Address.domain(to);
    }
}
