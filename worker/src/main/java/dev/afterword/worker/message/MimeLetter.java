package dev.afterword.worker.message;

import dev.afterword.db.followup.OutgoingMail;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

/** A mail in MIME, with the headers by which it is recognised, unsubscribed from and not answered automatically. */
final class MimeLetter extends MimeMessage {
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final String messageId;

    private MimeLetter(Session session, String messageId) {
        super(session);
        this.messageId = messageId;
    }

    static MimeLetter of(Session session, OutgoingMail mail, Instant date)
            throws MessagingException, UnsupportedEncodingException {
        var letter = new MimeLetter(session, mail.messageId());
        letter.setFrom(new InternetAddress(mail.fromAddress(), line(mail.fromName()), UTF_8));
        letter.setReplyTo(new InternetAddress[] {new InternetAddress(mail.replyTo())});
        var name = mail.toName();
        letter.setRecipient(
                Message.RecipientType.TO,
                name == null
                        ? new InternetAddress(mail.to(), true)
                        : new InternetAddress(mail.to(), line(name), UTF_8));
        letter.setSubject(line(mail.mail().subject()), UTF_8);
        letter.setSentDate(Date.from(date));
        letter.setContentLanguage(new String[] {mail.language()});
        letter.setHeader("List-Unsubscribe", "<" + mail.unsubscribeLink() + ">");
        letter.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        letter.setHeader("List-Id", "<" + mail.listId() + ">");
        letter.setHeader("Auto-Submitted", "auto-generated");
        letter.setHeader("Feedback-ID", mail.feedbackId());
        var parts = new MimeMultipart("alternative");
        parts.addBodyPart(part(mail.mail().text(), "plain"));
        parts.addBodyPart(part(mail.mail().html(), "html"));
        letter.setContent(parts);
        letter.saveChanges();
        return letter;
    }

    /** The same on every attempt, so that a mailbox that got it twice shows it once. */
    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(text, UTF_8, subtype);
        part.setHeader("Content-Transfer-Encoding", "quoted-printable");
        return part;
    }

    /** Header text is one line, whatever a customer's name holds. */
    private static String line(String text) {
        return text.replaceAll("[\\r\\n\\p{Cntrl}]+", " ").strip();
    }
}
