package dev.afterword.worker.message;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** One mail server: new connections to it, and a pause while it cannot be reached. */
class MailServer {
    private static final Logger LOG = LoggerFactory.getLogger(MailServer.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private static final Duration ANSWER = Duration.ofMinutes(1);
    /** RFC 5321 4.5.3.2.6 lets a server take ten minutes after the final dot. */
    private static final Duration LAST_ANSWER = Duration.ofMinutes(10);

    private final JavaMailSenderImpl settings;
    private final Duration lastAnswer;
    private final NoDelaySocketFactory sockets = new NoDelaySocketFactory();
    private final Session session;
    private Duration pause = SHORTEST_PAUSE;
    private volatile Instant pausedUntil = Instant.EPOCH;

    MailServer(JavaMailSenderImpl settings) {
        this(settings, ANSWER, LAST_ANSWER);
    }

    /**
     * A server that is waited for so long; where its settings have a timeout of their own, by that alone.
     *
     * @param answer for what it says to anything
     * @param lastAnswer for what it says to the end of a message
     */
    MailServer(JavaMailSenderImpl settings, Duration answer, Duration lastAnswer) {
        this.settings = settings;
        this.lastAnswer = lastAnswer;
        this.session = session(settings, answer);
    }

    /** Whether it may be asked: it did not just refuse a connection. */
    boolean ready() {
        return !Instant.now().isBefore(pausedUntil);
    }

    NotingTransport connect() throws MessagingException {
        boolean ssl = "smtps".equals(settings.getProtocol());
        var transport = new NotingTransport(
                session,
                new URLName(settings.getProtocol(), settings.getHost(), settings.getPort(), null, null, null),
                ssl);
        transport.connect(settings.getHost(), settings.getPort(), settings.getUsername(), settings.getPassword());
        var socket = NoDelaySocketFactory.made();
        if (socket != null
                && settings.getJavaMailProperties().getProperty("mail." + settings.getProtocol() + ".timeout")
                        == null) {
            transport.waitAtTheEnd(socket, lastAnswer);
        }
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
                    "The mail server {} cannot be reached; next attempt in {} s: {}",
                    settings.getHost(),
                    pause.toSeconds(),
                    why.getMessage());
            pausedUntil = Instant.now().plus(pause);
            var longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        }
    }

    private Session session(JavaMailSenderImpl settings, Duration answer) {
        var properties = new Properties();
        var own = settings.getJavaMailProperties();
        // Of sockets that are made elsewhere the patience cannot be changed when a message ends.
        boolean ours = own.keySet().stream().noneMatch(name -> name.toString().contains("ocketFactory"));
        for (var protocol : new String[] {"smtp", "smtps"}) {
            properties.setProperty("mail." + protocol + ".connectiontimeout", "10000");
            properties.setProperty(
                    "mail." + protocol + ".timeout", String.valueOf((ours ? answer : lastAnswer).toMillis()));
            // The connection is closed without waiting for the answer to QUIT.
            properties.setProperty("mail." + protocol + ".quitwait", "false");
            if (ours) {
                properties.put("mail." + protocol + ".socketFactory", sockets);
                properties.setProperty("mail." + protocol + ".socketFactory.fallback", "false");
            }
        }
        properties.putAll(own);
        properties.putIfAbsent("mail.smtp.socketFactory", sockets);
        return Session.getInstance(properties);
    }
}
