package dev.afterword.web.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

class MailCatcherTest {
    @TempDir
    Path place;

    @Test
    void showsWhatWasSentAndShowsItAgainAfterARestart() throws Exception {
        var folder = DemoFolder.take(place.resolve(".afterword"));
        var catcher = MailCatcher.start(folder);
        send(catcher.port(), "ana@example.com", "Wie war’s?");
        send(catcher.port(), "omar@example.com", "كيف كان؟");
        catcher.stop();

        var again = MailCatcher.start(folder);
        var mails = again.before("", 10);

        assertThat(mails).extracting(CaughtMail::subject).containsExactly("كيف كان؟", "Wie war’s?");
        assertThat(mails).extracting(CaughtMail::to).containsExactly("omar@example.com", "ana@example.com");
        assertThat(again.before(mails.getFirst().id(), 10))
                .extracting(CaughtMail::subject)
                .containsExactly("Wie war’s?");
        assertThat(again.find(UUID.fromString(mails.getLast().id()))).hasValueSatisfying(mail -> {
            assertThat(mail.text()).isEqualTo("Plain — Wie war’s?");
            assertThat(mail.html()).isEqualTo("<p>Rich — Wie war’s?</p>");
            assertThat(mail.headers()).extracting(CaughtMail.Header::name).contains("Subject", "Message-ID");
        });
        again.stop();
        folder.release();
    }

    private static void send(int port, String to, String subject) throws Exception {
        var sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(port);
        var message = sender.createMimeMessage();
        var helper = new MimeMessageHelper(message, true, "UTF-8");
        helper.setFrom("shop@cedar-salt.example");
        helper.setTo(to);
        helper.setSubject(subject);
        helper.setText("Plain — " + subject, "<p>Rich — " + subject + "</p>");
        sender.send(message);
    }
}
