package dev.afterword.worker.message.incoming;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.ParseException;
import jakarta.mail.internet.SharedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a message that tell something: texts for people, reports for machines, and the headers of the mail that came back. Whatever is malformed is read
 * as text, or left out.
 */
final class Parts {
    private static final int DEEPEST = 20;
    private static final int MOST_PARTS = 100;
    private static final int LONGEST_TEXT = 100_000;
    private static final int LONGEST_PART = 1_000_000;
    /** RFC 5322 §2.1.1; whatever is longer is no writing, and patterns take long over it. */
    private static final int LONGEST_LINE = 998;

    private final StringBuilder text = new StringBuilder();
    private final List<Report> reports = new ArrayList<>();
    private final List<InternetHeaders> returned = new ArrayList<>();
    private final AttachedParts files = new AttachedParts();
    private int seen;

    private Parts() {}

    /**
     * A part that a machine wrote for machines: blocks of fields.
     *
     * @param type lower-case, as {@code message/delivery-status}
     */
    record Report(String type, List<InternetHeaders> blocks) {}

    static Parts of(MimeMessage message) {
        var parts = new Parts();
        parts.walk(message, 0);
        return parts;
    }

    /** What stands before the mail that came back, for people. */
    String text() {
        return text.toString();
    }

    /** What came with the texts; read while the message is open. */
    AttachedParts files() {
        return files;
    }

    List<Report> reports() {
        return reports;
    }

    Optional<Report> report(String... types) {
        return reports.stream()
                .filter(report -> List.of(types).contains(report.type))
                .findFirst();
    }

    /** The headers of the mail that came back; empty without it. */
    Optional<InternetHeaders> returned() {
        return returned.stream().findFirst();
    }

    private void walk(MimePart part, int depth) {
        if (++seen > MOST_PARTS) {
            return;
        }
        try {
            if (depth > DEEPEST) {
                append("text/plain", new String(raw(part), StandardCharsets.ISO_8859_1));
                return;
            }
            var type = type(part);
            if (type.startsWith("multipart/")) {
                multipart(part, depth);
            } else if (type.equals("message/rfc822") || type.equals("message/global")) {
                enclosed(part, depth);
            } else if (type.equals("text/rfc822-headers") || type.equals("message/global-headers")) {
                returned.add(headers(bytes(part)));
            } else if (type.startsWith("message/")) {
                reports.add(new Report(type, blocks(bytes(part))));
            } else if (!type.startsWith("text/") || attached(part)) {
                files.add(part, type);
            } else if (returned.isEmpty()) {
                append(type, new String(bytes(part), charset(part)));
            }
        } catch (MessagingException | IOException | RuntimeException e) {
            // One part that cannot be read takes nothing from the others.
            text.append('\n');
        }
    }

    private void multipart(MimePart part, int depth) throws MessagingException, IOException {
        boolean alternative = type(part).equals("multipart/alternative");
        Multipart parts;
        int count;
        try {
            parts = new MimeMultipart(new PartSource(part));
            count = parts.getCount();
        } catch (MessagingException e) {
            append("text/plain", new String(bytes(part), StandardCharsets.ISO_8859_1));
            return;
        }
        for (int at = 0; at < count; at++) {
            BodyPart next = parts.getBodyPart(at);
            int before = text.length();
            walk((MimePart) next, depth + 1);
            if (alternative && text.length() > before) {
                return;
            }
        }
        if (count == 0) {
            append("text/plain", new String(bytes(part), StandardCharsets.ISO_8859_1));
        }
    }

    /** The mail that came back; or, where a gateway wrapped it once more, the report about it. */
    private void enclosed(MimePart part, int depth) throws MessagingException, IOException {
        var in = part.getInputStream();
        var message =
                new MimeMessage(null, in instanceof SharedInputStream ? in : new ByteArrayInputStream(bytes(part)));
        var type = type(message);
        if (reports.isEmpty() && type.equals("multipart/report")) {
            walk(message, depth + 1);
        } else {
            var headers = new InternetHeaders();
            message.getAllHeaders()
                    .asIterator()
                    .forEachRemaining(header -> headers.addHeader(header.getName(), header.getValue()));
            returned.add(headers);
        }
    }

    private void append(String type, String part) {
        var room = LONGEST_TEXT - text.length();
        var some = part.substring(0, Math.clamp(room, 0, part.length()));
        var plain = type.equals("text/html") ? PlainText.ofHtml(some) : some;
        plain.lines()
                .forEach(line -> text.append(line, 0, Math.min(LONGEST_LINE, line.length()))
                        .append('\n'));
    }

    /** Blocks of fields that empty lines part (RFC 3464 §2.1, RFC 5965 §3). */
    private static List<InternetHeaders> blocks(byte[] body) throws MessagingException {
        var blocks = new ArrayList<InternetHeaders>();
        for (var block : new String(body, StandardCharsets.UTF_8).split("\\r?\\n[ \\t]*\\r?\\n", -1)) {
            if (!block.isBlank()) {
                blocks.add(headers(block.strip().getBytes(StandardCharsets.UTF_8)));
            }
        }
        return blocks;
    }

    private static InternetHeaders headers(byte[] lines) throws MessagingException {
        return new InternetHeaders(new ByteArrayInputStream(lines), true);
    }

    private static byte[] bytes(MimePart part) throws MessagingException, IOException {
        try (InputStream in = part.getInputStream()) {
            return in.readNBytes(LONGEST_PART);
        } catch (IOException e) {
            // An encoding that is unknown or not kept to: as it stands.
            return raw(part);
        }
    }

    private static byte[] raw(MimePart part) throws MessagingException, IOException {
        return switch (part) {
            case MimeMessage message -> message.getRawInputStream().readNBytes(LONGEST_PART);
            case MimeBodyPart body -> body.getRawInputStream().readNBytes(LONGEST_PART);
            default -> new byte[0];
        };
    }

    private static boolean attached(MimePart part) throws MessagingException {
        return Part.ATTACHMENT.equalsIgnoreCase(disposition(part));
    }

    private static @Nullable String disposition(MimePart part) throws MessagingException {
        try {
            return part.getDisposition();
        } catch (ParseException e) {
            return null;
        }
    }

    private static String type(MimePart part) throws MessagingException {
        try {
            var type = new ContentType(part.getContentType());
            return (type.getPrimaryType() + "/" + type.getSubType()).toLowerCase(Locale.ROOT);
        } catch (ParseException e) {
            return "text/plain";
        }
    }

    private static Charset charset(MimePart part) throws MessagingException {
        try {
            var name = new ContentType(part.getContentType()).getParameter("charset");
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (ParseException | IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
