package dev.afterword.worker.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Key;
import dev.afterword.db.followup.OutgoingMail;
import dev.afterword.db.message.Mail;
import dev.afterword.db.message.attachment.AttachedFile;
import dev.afterword.db.message.attachment.Attachment;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The head of a mail, byte for byte. */
class MimeLetterTest {
    static final Instant SENT = Instant.parse("2026-11-22T09:00:00Z");
    static final String TOKEN = "abcdefgh" + "i".repeat(26) + "j".repeat(16);

    @Test
    void writesTheHeadOfAMailThatCanComeBack() throws Exception {
        var letter = MimeLetter.of(Session.getInstance(new Properties()), mail(true), SENT);

        assertThat(head(letter)).isEqualTo("""
                Date: Sun, 22 Nov 2026 09:00:00 +0000
                From: =?UTF-8?Q?M=C3=ADra_=26_Salt?= <hello@shop.example>
                Reply-To: post+%1$s@in.example
                To: Ana Souza <ana@x.test>
                Message-ID: <s.%1$s@shop.example>
                Subject: =?UTF-8?Q?Wie_war_Ihre_Bestellung_bei_M=C3=ADra=3F_Eine_Fra?=
                 =?UTF-8?Q?ge,_die_l=C3=A4nger_ist_als_eine_Zeile_der_Mail?=
                MIME-Version: 1.0
                Content-Type: multipart/alternative;\s
                	boundary="…"
                Content-Language: de
                List-Unsubscribe: <https://feedback.example/u/%1$s>,
                 <mailto:post+%1$s@in.example?subject=unsubscribe>
                List-Unsubscribe-Post: List-Unsubscribe=One-Click
                List-Id: <questions.abcdefgh.feedback.example>
                Auto-Submitted: auto-generated
                Feedback-ID: after-delivery:ask:questions:abcdefgh
                """.formatted(TOKEN));
        assertThat(letter.getEnvelopeFrom()).isEqualTo("post+" + TOKEN + "@in.example");
        assertThat(letter.getEnvelopeFrom().indexOf('@')).isLessThanOrEqualTo(64);
    }

    @Test
    void namesNoAddressThatNothingComesInTo() throws Exception {
        var letter = MimeLetter.of(Session.getInstance(new Properties()), mail(false), SENT);

        assertThat(head(letter))
                .contains("\nList-Unsubscribe: <https://feedback.example/u/" + TOKEN + ">\nList-Unsubscribe-Post:")
                .contains("\nReply-To: hello@shop.example\n");
        assertThat(letter.getEnvelopeFrom()).isNull();
    }

    @Test
    void asksAServerThatCanToTellOfFailuresOnly() throws Exception {
        var letter = MimeLetter.of(Session.getInstance(new Properties()), mail(true), SENT);

        letter.askForReports();

        assertThat(letter.getMailExtension()).isEqualTo("ENVID=" + TOKEN);
        assertThat(letter.getNotifyOptions()).isEqualTo(SMTPMessage.NOTIFY_FAILURE);
        assertThat(letter.getReturnOption()).isEqualTo(SMTPMessage.RETURN_HDRS);
    }

    @Test
    void letsNobodysNameBecomeAHeader() throws Exception {
        var hostile = new OutgoingMail(
                SENT,
                new Mail("Hello\r\nBcc: all@x.test", "<p>Hi</p>", "Hi"),
                "hello@shop.example",
                "Shop\r\nX-Evil: 1",
                "hello@shop.example",
                null,
                "ana@x.test",
                "Ana\nBcc: more@x.test",
                "en",
                "<s.1@shop.example>",
                "https://x.test/u/1",
                null,
                "l.x.test",
                "a:b:c:d");

        assertThat(head(MimeLetter.of(Session.getInstance(new Properties()), hostile, SENT))
                        .lines())
                .noneMatch(line -> line.startsWith("Bcc") || line.startsWith("X-Evil"));
    }

    @Test
    void takesFilesAlongBesideItsTexts() throws Exception {
        var key = new Key(new UUID(0, 1), new UUID(0, 2));
        var file = new AttachedFile(
                new Attachment(key, key.id(), "Anleitung für Míra.pdf", "application/pdf", 3, 0, 0, true),
                ByteBuffer.wrap(new byte[] {1, 2, 3}));

        var read = new MimeMessage(
                null,
                new ByteArrayInputStream(
                        bytes(MimeLetter.of(Session.getInstance(new Properties()), mail(true), List.of(file), SENT))));

        var parts = (MimeMultipart) read.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/mixed");
        assertThat(parts.getBodyPart(0).getContentType()).startsWith("multipart/alternative");
        var taken = parts.getBodyPart(1);
        assertThat(MimeUtility.decodeText(taken.getFileName())).isEqualTo("Anleitung für Míra.pdf");
        assertThat(taken.getContentType()).startsWith("application/pdf");
        assertThat(taken.getDisposition()).isEqualTo("attachment");
        assertThat(taken.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
    }

    @Test
    void writesToADomainBeyondAsciiAndNotToItsNeighbour() throws Exception {
        var mail = between("hello@Škoda.example", "info@škoda.example");

        var letter = MimeLetter.of(Session.getInstance(new Properties()), mail, SENT);

        assertThat(head(letter))
                .contains("\nFrom: Shop <hello@xn--koda-f6a.example>\n", "\nTo: info@xn--koda-f6a.example\n");
        assertThat(mail.fromDomain()).isEqualTo(mail.toDomain()).isEqualTo("xn--koda-f6a.example");
        var sharp = between("hello@shop.example", "info@stra\u200bße.test.");
        assertThat(head(MimeLetter.of(Session.getInstance(new Properties()), sharp, SENT)))
                .contains("\nTo: info@xn--strae-oqa.test\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jürgen@x.test", "info@ü a.test", "info@ü..test"})
    void isNotWrittenToAnAddressThatWouldBecomeAnother(String address) {
        var mail = between("hello@shop.example", address);

        assertThatThrownBy(() -> MimeLetter.of(Session.getInstance(new Properties()), mail, SENT))
                .isInstanceOf(AddressException.class)
                .hasMessageContaining("beyond ASCII");
    }

    private static OutgoingMail between(String from, String to) {
        return new OutgoingMail(
                SENT,
                new Mail("Hello", "<p>Hi</p>", "Hi"),
                from,
                "Shop",
                from,
                null,
                to,
                null,
                "en",
                "<s.1@shop.example>",
                "https://x.test/u/1",
                null,
                "l.x.test",
                "f:1");
    }

    static OutgoingMail mail(boolean comesBack) {
        var address = "post+" + TOKEN + "@in.example";
        return new OutgoingMail(
                SENT,
                new Mail(
                        "Wie war Ihre Bestellung bei Míra? Eine Frage, die länger ist als eine Zeile der Mail",
                        "<p>Wie war’s?</p>\n<p>  9  </p>\n\n",
                        "Wie war’s?\n\n.\n  9  \n\n"),
                "hello@shop.example",
                "Míra & Salt",
                comesBack ? address : "hello@shop.example",
                comesBack ? address : null,
                "ana@x.test",
                "Ana Souza",
                "de",
                "<s." + TOKEN + "@shop.example>",
                "https://feedback.example/u/" + TOKEN,
                comesBack ? address : null,
                "questions.abcdefgh.feedback.example",
                "after-delivery:ask:questions:abcdefgh");
    }

    static byte[] bytes(MimeLetter letter) throws IOException, MessagingException {
        var out = new ByteArrayOutputStream();
        letter.writeTo(out);
        return out.toByteArray();
    }

    private static String head(MimeLetter letter) throws IOException, MessagingException {
        var all = new String(bytes(letter), StandardCharsets.UTF_8);
        var head = all.substring(0, all.indexOf("\r\n\r\n") + 2);
        assertThat(head.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
        return head.replace("\r\n", "\n").replaceAll("boundary=\"[^\"]*\"", "boundary=\"…\"");
    }
}
