package dev.afterword.worker.message;

import jakarta.mail.MessagingException;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What the mail server said no with.
 *
 * @param code of three digits; -1 when the connection broke instead
 * @param aboutUs it refused the sender, not the recipient or the message
 */
record SmtpReply(int code, String text, boolean aboutUs) {
    /** RFC 4954: it wants us to sign in first, or does not take our password. */
    private static final Set<Integer> SIGN_IN = Set.of(530, 535);

    private static final Pattern TOO_FAST = Pattern.compile("\\b4\\.7\\.\\d{1,3}\\b");

    /** The most telling of a chain of exceptions: the recipient's before the message's. */
    static SmtpReply of(MessagingException failure) {
        SmtpReply found = null;
        for (Exception next = failure;
                next != null;
                next = next instanceof MessagingException one ? one.getNextException() : null) {
            var reply = one(next);
            if (reply != null) {
                found = reply;
            }
        }
        return found == null ? new SmtpReply(-1, String.valueOf(failure.getMessage()), false) : found;
    }

    private static @Nullable SmtpReply one(Exception failure) {
        return switch (failure) {
            case SMTPAddressFailedException address -> new SmtpReply(address.getReturnCode(), message(address), false);
            case SMTPSenderFailedException sender -> new SmtpReply(sender.getReturnCode(), message(sender), true);
            case SMTPSendFailedException send ->
                new SmtpReply(send.getReturnCode(), message(send), atSender(send.getCommand()));
            default -> null;
        };
    }

    /** The library tells of a refused sender by its own exception for some codes only. */
    private static boolean atSender(@Nullable String command) {
        return command != null && command.regionMatches(true, 0, "MAIL", 0, 4);
    }

    private static String message(Exception failure) {
        return String.valueOf(failure.getMessage());
    }

    boolean broken() {
        return code < 400;
    }

    /** It was too much, or too fast, for now. */
    boolean tooFast() {
        return code == 421
                || (code >= 400 && code < 500 && TOO_FAST.matcher(text).find());
    }

    /** Refused for good. What the server holds against the sender is for us to cure, so that is tried again. */
    boolean permanent() {
        return code >= 500 && !aboutUs && !SIGN_IN.contains(code);
    }
}
