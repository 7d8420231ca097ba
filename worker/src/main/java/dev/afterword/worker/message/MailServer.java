package dev.afterword.worker.message;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/** The mail server of {@code spring.mail.*}: whether there is one, new connections to it, and a pause while it cannot be reached. */
@Component
class MailServer {
    private static final Logger LOG = LoggerFactory.getLogger(MailServer.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final @Nullable JavaMailSenderImpl settings;
    private final @Nullable Session session;
    private Duration pause = SHORTEST_PAUSE;
    private volatile Instant pausedUntil = Instant.EPOCH;

    MailServer(ObjectProvider<JavaMailSenderImpl> sender) {
        // Without it a ServiceLoader scan is repeated for every message (measured: 1,700 instead of 9,400 messages a
        // second).
        System.setProperty("jakarta.mail.util.StreamProvider", "org.eclipse.angus.mail.util.MailStreamProvider");
        this.settings = sender.getIfAvailable();
        this.session = settings == null ? null : session(settings);
    }

    boolean configured() {
        return settings != null && settings.getHost() != null;
    }

    /** Whether messages may be handed over now: there is a server, and it did not just refuse a connection. */
    boolean ready() {
        return configured() && !Instant.now().isBefore(pausedUntil);
    }

    Session session() {
        if (session == null) {
            throw new IllegalStateException("no mail server is configured");
        }
        return session;
    }

    NotingTransport connect() throws MessagingException {
        var server = settings;
        if (server == null) {
            throw new IllegalStateException("no mail server is configured");
        }
        boolean ssl = "smtps".equals(server.getProtocol());
        var transport = new NotingTransport(
                session(),
                new URLName(server.getProtocol(), server.getHost(), server.getPort(), null, null, null),
                ssl);
        transport.connect(server.getHost(), server.getPort(), server.getUsername(), server.getPassword());
        reached();
        return transport;
    }

    private synchronized void reached() {
        pause = SHORTEST_PAUSE;
        pausedUntil = Instant.EPOCH;
    }

    /** Pauses, longer each time; nothing is taken up meanwhile, and no message is worse off. */
    synchronized void unreachable(MessagingException why) {
        if (ready()) {
            LOG.warn(
                    "The mail server cannot be reached; next attempt in {} s: {}", pause.toSeconds(), why.getMessage());
            pausedUntil = Instant.now().plus(pause);
            var longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        }
    }

    private static Session session(JavaMailSenderImpl settings) {
        var properties = new Properties();
        for (var protocol : new String[] {"smtp", "smtps"}) {
            properties.setProperty("mail." + protocol + ".connectiontimeout", "10000");
            // RFC 5321 4.5.3.2.6 lets a server take ten minutes after the final dot.
            properties.setProperty("mail." + protocol + ".timeout", "600000");
            // The connection is closed without waiting for the answer to QUIT.
            properties.setProperty("mail." + protocol + ".quitwait", "false");
        }
        properties.putAll(settings.getJavaMailProperties());
        properties.putIfAbsent("mail.smtp.socketFactory", new NoDelaySocketFactory());
        return Session.getInstance(properties);
    }
}
