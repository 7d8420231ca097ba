package dev.afterword.worker.message;

import dev.afterword.db.contact.Address;
import dev.afterword.db.followup.OutgoingMail;
import dev.afterword.db.message.attachment.AttachedFile;
import dev.afterword.db.message.sender.SigningKey;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.jspecify.annotations.Nullable;

/** A mail in MIME, with the headers by which it is recognised, unsubscribed from and not answered automatically. */
final class MimeLetter extends SMTPMessage {
    /** RFC 5322 §3.3; the same wherever the process runs. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final String messageId;
    private byte @Nullable [] signed;

    private MimeLetter(Session session, String messageId) {
        super(session);
        this.messageId = messageId;
    }

    static MimeLetter of(Session session, OutgoingMail mail, Instant date)
            throws MessagingException, UnsupportedEncodingException {
        return of(session, mail, List.of(), date);
    }

    /** With the files that it takes along. */
    static MimeLetter of(Session session, OutgoingMail mail, List<AttachedFile> files, Instant date)
            throws MessagingException, UnsupportedEncodingException {
        var letter = new MimeLetter(session, mail.messageId());
        letter.setFrom(new InternetAddress(wire(mail.fromAddress()), line(mail.fromName()), UTF_8));
        letter.setReplyTo(new InternetAddress[] {new InternetAddress(Address.wire(mail.replyTo()))});
        var name = mail.toName();
        letter.setRecipient(
                Message.RecipientType.TO,
                name == null
                        ? new InternetAddress(wire(mail.to()), true)
                        : new InternetAddress(wire(mail.to()), line(name), UTF_8));
        letter.setSubject(line(mail.mail().subject()), UTF_8);
        letter.setHeader("Date", DATE.format(date));
        letter.setContentLanguage(new String[] {mail.language()});
        letter.setHeader("List-Unsubscribe", unsubscribe(mail));
        letter.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        if (!mail.byPerson()) {
            letter.setHeader("List-Id", "<" + mail.listId() + ">");
            letter.setHeader("Auto-Submitted", "auto-generated");
        }
        letter.setHeader("Feedback-ID", mail.feedbackId());
        var answered = mail.inReplyTo();
        if (answered != null) {
            // RFC 5322 §3.6.4: mail programs put it beside what it answers.
            letter.setHeader("In-Reply-To", line(answered));
            letter.setHeader("References", line(answered));
        }
        var parts = new MimeMultipart("alternative");
        parts.addBodyPart(part(mail.mail().text(), "plain"));
        parts.addBodyPart(part(mail.mail().html(), "html"));
        letter.setContent(files.isEmpty() ? parts : with(files, parts));
        letter.saveChanges();
        if (mail.returnPath() != null) {
            letter.setEnvelopeFrom(Address.wire(mail.returnPath()));
        }
        return letter;
    }

    /** In ASCII: the library would send of each other letter its last eight bits, to an address of somebody else. */
    private static String wire(String address) throws AddressException {
        var wire = Address.wire(address);
        if (!Address.ascii(wire)) {
            throw new AddressException("an address with letters beyond ASCII that mail servers do not all take");
        }
        return wire;
    }

    /** One link for one click (RFC 8058), and an address where mail comes in. */
    private static String unsubscribe(OutgoingMail mail) {
        var link = "<" + mail.unsubscribeLink() + ">";
        return mail.unsubscribeAddress() == null
                ? link
                : link + ",\r\n <mailto:" + mail.unsubscribeAddress() + "?subject=unsubscribe>";
    }

    /** Has a server that can (RFC 3461) tell of a failure only, with the headers, and name the mail as we do. */
    void askForReports() {
        setNotifyOptions(NOTIFY_FAILURE);
        setReturnOption(RETURN_HDRS);
        setMailExtension("ENVID=" + messageId.replaceFirst("^<(s\\.)?", "").replaceFirst("@.*$", ""));
    }

    /** Signs it with each key; nothing may change any more. */
    void sign(List<SigningKey> keys, Instant now) throws MessagingException {
        var bytes = new ByteArrayOutputStream(16_384);
        try {
            super.writeTo(bytes, null);
        } catch (IOException e) {
            throw new MessagingException("cannot be written", e);
        }
        signed = DkimSignature.sign(bytes.toByteArray(), keys, now);
    }

    @Override
    public void writeTo(OutputStream out, String @Nullable [] ignoreList) throws IOException, MessagingException {
        var bytes = signed;
        if (bytes == null) {
            super.writeTo(out, ignoreList);
        } else {
            out.write(bytes);
            out.flush();
        }
    }

    /** The same on every attempt, so that a mailbox that got it twice shows it once. */
    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }

    private static MimeMultipart with(List<AttachedFile> files, MimeMultipart texts)
            throws MessagingException, UnsupportedEncodingException {
        var mixed = new MimeMultipart("mixed");
        var first = new MimeBodyPart();
        first.setContent(texts);
        mixed.addBodyPart(first);
        for (var file : files) {
            var bytes = new byte[file.bytes().remaining()];
            file.bytes().duplicate().get(bytes);
            var part = new MimeBodyPart();
            part.setDataHandler(new DataHandler(
                    new ByteArrayDataSource(bytes, file.attachment().type())));
            part.setDisposition(Part.ATTACHMENT);
            part.setFileName(MimeUtility.encodeText(file.attachment().name(), UTF_8, null));
            part.setHeader("Content-Transfer-Encoding", "base64");
            mixed.addBodyPart(part);
        }
        return mixed;
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        var head = new InternetHeaders();
        head.setHeader("Content-Type", "text/" + subtype + "; charset=" + UTF_8);
        head.setHeader("Content-Transfer-Encoding", "quoted-printable");
        return new MimeBodyPart(head, QuotedPrintable.encode(text));
    }

    /** Header text is one line, whatever a customer's name holds. */
    private static String line(String text) {
        return CONTROL.matcher(text).replaceAll(" ").strip();
    }
}
