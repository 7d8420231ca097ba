package dev.afterword.worker.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mock.env.MockEnvironment;

class MailServersTest {
    @Test
    void asksTheNextServerWhileTheFirstCannotBeReached() throws Exception {
        int closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (var sink = new SmtpSink(0)) {
            var first = new JavaMailSenderImpl();
            first.setHost("127.0.0.1");
            first.setPort(closed);
            var beans = new StaticListableBeanFactory();
            beans.addBean("first", first);
            var environment = new MockEnvironment()
                    .withProperty("afterword.mail.servers[0].host", "127.0.0.1")
                    .withProperty("afterword.mail.servers[0].port", String.valueOf(sink.port()))
                    .withProperty("afterword.mail.servers[0].properties.mail.smtp.timeout", "5000");
            var servers = new MailServers(beans.getBeanProvider(JavaMailSenderImpl.class), environment);
            assertThat(servers.asked()).hasSize(2);

            var unreachable = servers.asked().getFirst();
            assertThatThrownBy(unreachable::connect)
                    .isInstanceOfSatisfying(MessagingException.class, unreachable::unreachable);

            assertThat(servers.ready()).isTrue();
            assertThat(servers.asked()).hasSize(1);
            try (var connection = servers.asked().getFirst().connect()) {
                assertThat(connection.supportsExtension("DSN")).isTrue();
            }
        }
    }

    @Test
    void waitsLongForTheLastAnswerOnly() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var slow = new SmtpSink(1_500)) {
            assertThatThrownBy(() -> server(silent.getLocalPort()).connect())
                    .isInstanceOf(MessagingException.class)
                    .hasStackTraceContaining("timed out");

            try (var connection = server(slow.port()).connect()) {
                var letter = MimeLetter.of(
                        Session.getInstance(new Properties()), MimeLetterTest.mail(true), MimeLetterTest.SENT);
                connection.sendMessage(letter, letter.getAllRecipients());
            }
            assertThat(slow.to("ana@x.test")).hasSize(1);
        }
    }

    private static MailServer server(int port) {
        var settings = new JavaMailSenderImpl();
        settings.setHost("127.0.0.1");
        settings.setPort(port);
        settings.setProtocol("smtp");
        return new MailServer(settings, Duration.ofMillis(500), Duration.ofSeconds(20));
    }

    @Test
    void isNotReadyWithoutAnyServer() {
        var servers = new MailServers(
                new StaticListableBeanFactory().getBeanProvider(JavaMailSenderImpl.class), new MockEnvironment());

        assertThat(servers.configured()).isFalse();
        assertThat(servers.ready()).isFalse();
    }
}
