package dev.afterword.worker.message.incoming;

import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The mailbox to which mail comes back: {@code afterword.mail.incoming.*}.
 *
 * @param host without it no mailbox is read
 * @param port 0: the usual one
 * @param tls from the first byte, by STARTTLS, or none
 * @param folder IMAP only
 * @param moveTo IMAP only: where what was read is kept; without it, it is deleted
 * @param largest of a larger message only the head is read
 */
@ConfigurationProperties("afterword.mail.incoming")
record MailboxSettings(
        @Nullable String host,
        @DefaultValue("imap") Protocol protocol,
        @DefaultValue("0") int port,
        @DefaultValue("implicit") Tls tls,
        @DefaultValue("") String user,
        @DefaultValue("") String password,
        @DefaultValue("INBOX") String folder,
        @Nullable String moveTo,
        @DefaultValue("50MB") DataSize largest) {

    enum Protocol {
        IMAP,
        POP3
    }

    enum Tls {
        IMPLICIT,
        STARTTLS,
        NONE
    }

    /** The mail library's word for protocol and encryption. */
    String provider() {
        return protocol.name().toLowerCase(Locale.ROOT) + (tls == Tls.IMPLICIT ? "s" : "");
    }

    Properties properties() {
        var properties = new Properties();
        var prefix = "mail." + provider() + ".";
        properties.setProperty(prefix + "connectiontimeout", "10000");
        properties.setProperty(prefix + "timeout", "60000");
        properties.setProperty(prefix + "writetimeout", "60000");
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        if (tls == Tls.STARTTLS) {
            properties.setProperty(prefix + "starttls.enable", "true");
            properties.setProperty(prefix + "starttls.required", "true");
        }
        // A large message neither takes thousands of round trips nor stands in memory.
        properties.setProperty(prefix + "fetchsize", "1048576");
        properties.setProperty(prefix + "filestore.enable", "true");
        // Reading marks nothing: only what is committed is moved or deleted.
        properties.setProperty(prefix + "peek", "true");
        return properties;
    }
}
