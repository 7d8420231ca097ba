package dev.afterword.worker.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a refusal means, as the mail library tells of it. */
class SmtpReplyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "530 5.7.0 Authentication required",
                "535 5.7.8 Bad credentials",
                "550 5.1.8 sender unknown",
                "552 5.2.2 quota of the sender exceeded",
                "554 5.7.1 sender blocked"
            })
    void holdsWhatIsSaidOfTheSenderAgainstNoMail(String answer) throws Exception {
        try (var sink = new SmtpSink(0)) {
            sink.answerSender(answer);

            var reply = refusal(sink);

            assertThat(reply.code()).isEqualTo(Integer.parseInt(answer.substring(0, 3)));
            assertThat(reply.permanent()).isFalse();
        }
    }

    @Test
    void triesAgainWhereTheServerWantsUsToSignInOnlyAtTheRecipient() throws Exception {
        try (var sink = new SmtpSink(0)) {
            sink.answerRecipient("ana@x.test", "530 5.7.1 Authentication required");

            assertThat(refusal(sink).permanent()).isFalse();
        }
    }

    @Test
    void isForGoodWhereTheMailIsRefused() throws Exception {
        try (var sink = new SmtpSink(0)) {
            sink.answerEnd("ana@x.test", "554 5.7.1 looks like spam");

            assertThat(refusal(sink).permanent()).isTrue();
        }
    }

    private static SmtpReply refusal(SmtpSink sink) throws MessagingException, java.io.UnsupportedEncodingException {
        var session = Session.getInstance(new Properties());
        try (var transport = new NotingTransport(session, new URLName("smtp", null, -1, null, null, null), false)) {
            transport.connect("127.0.0.1", sink.port(), null, null);
            var letter = MimeLetter.of(session, MimeLetterTest.mail(true), Instant.now());
            return SmtpReply.of(catchThrowableOfType(
                    MessagingException.class, () -> transport.sendMessage(letter, letter.getAllRecipients())));
        }
    }
}
