package dev.afterword.web.demo;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One caught mail, as the mailbox shows it. */
record CaughtMail(
        String id,
        Instant caughtAt,
        String from,
        String to,
        String subject,
        @Nullable String html,
        @Nullable String text,
        List<Header> headers) {
    /** One line of the mail's head. */
    record Header(String name, String value) {}

    static CaughtMail read(String id, Instant caughtAt, InputStream source) throws IOException {
        try {
            var message = new MimeMessage(Session.getInstance(new Properties()), source);
            var headers = new ArrayList<Header>();
            for (var header : Collections.list(message.getAllHeaders())) {
                headers.add(new Header(header.getName(), header.getValue()));
            }
            return new CaughtMail(
                    id,
                    caughtAt,
                    names(message.getFrom()),
                    names(message.getAllRecipients()),
                    message.getSubject() == null ? "" : message.getSubject(),
                    content(message, "text/html"),
                    content(message, "text/plain"),
                    List.copyOf(headers));
        } catch (MessagingException e) {
            throw new IOException(e);
        }
    }

    private static String names(jakarta.mail.Address @Nullable [] addresses) {
        return addresses == null
                ? ""
                : Arrays.stream(addresses)
                        .map(address -> address instanceof InternetAddress internet
                                ? internet.toUnicodeString()
                                : address.toString())
                        .collect(Collectors.joining(", "));
    }

    /** The first part of that type, however deep. */
    private static @Nullable String content(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return part.getContent().toString();
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart inner = parts.getBodyPart(i);
                var found = content(inner, type);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
