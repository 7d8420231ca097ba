package dev.afterword.worker.message.incoming;

import dev.afterword.db.message.incoming.Incoming;
import dev.afterword.db.message.incoming.JudgeFailure;
import dev.afterword.db.message.incoming.Notice;
import dev.afterword.db.message.incoming.NoticeKind;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.SharedByteArrayInputStream;
import jakarta.mail.util.SharedFileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a message that came back: what it says, about whom, and by what it can be matched with what we sent. Knows nothing of what is stored. */
public final class ReadIncoming {
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{3,400}>");
    private static final Pattern LINK = Pattern.compile("<((?:https?://|mailto:)[^<>\\s]{3,500})>");
    private static final int LONGEST_HEADER = 8_000;
    private static final int LONGEST_REPLY = 20_000;

    private ReadIncoming() {}

    /** The message in these bytes; a message that is no mail at all becomes one that says nothing. */
    public static Incoming read(byte[] raw) {
        return read(new SharedByteArrayInputStream(raw));
    }

    /** The message in that file, of which no more than its texts and what is kept of its files comes into memory. */
    static Incoming read(Path file) throws IOException {
        try (var in = new SharedFileInputStream(file.toFile())) {
            return read(in);
        }
    }

    private static Incoming read(InputStream raw) {
        MimeMessage message;
        try {
            message = new MimeMessage(null, raw);
        } catch (MessagingException e) {
            return Incoming.unreadable();
        }
        var signs = new Signs(message);
        var parts = Parts.of(message);
        var notices = notices(signs, parts);
        return new Incoming(
                MailAddresses.first(String.valueOf(signs.header("From"))),
                addresses(signs, parts),
                first(signs.header("Message-ID")),
                signs.subject(),
                messageIds(signs, parts),
                links(parts),
                notices,
                ownWords(parts),
                signs.author(),
                notices.stream().anyMatch(notice -> notice.kind() == NoticeKind.REPLY)
                        ? parts.files().read()
                        : List.of());
    }

    private static List<Notice> notices(Signs signs, Parts parts) {
        var spam = parts.report("message/feedback-report");
        if (spam.isPresent()) {
            return List.of(SpamReport.notice(spam.get()));
        }
        var delivery = parts.report("message/delivery-status", "message/global-delivery-status");
        var notices = delivery.map(report -> DeliveryReport.notices(report, parts.text()))
                .orElse(List.of());
        if (!notices.isEmpty()) {
            return notices;
        }
        var receipt = parts.report("message/disposition-notification", "message/global-disposition-notification");
        if (receipt.isPresent()) {
            return List.of(receipt(receipt.get(), parts));
        }
        if (delivery.isPresent() || signs.ofServer()) {
            var guessed = FreeText.notices(
                    parts.text(),
                    MailAddresses.all(String.valueOf(signs.header("X-Failed-Recipients"))),
                    signs.header("From"));
            if (!guessed.isEmpty()) {
                return guessed;
            }
        }
        return List.of(new Notice(signs.ofMachine() ? NoticeKind.AUTOMATIC : NoticeKind.REPLY, null, null, null, true));
    }

    /** RFC 8098: mostly that it was read; some servers refuse a mail with it. */
    private static Notice receipt(Parts.Report report, Parts parts) {
        for (var block : report.blocks()) {
            var disposition = DeliveryReport.field(block, "Disposition");
            var recipient = DeliveryReport.field(block, "Final-Recipient");
            if (disposition == null) {
                continue;
            }
            boolean refused = disposition.toLowerCase(Locale.ROOT).matches(".*\\b(deleted|denied|failed)\\b.*")
                    && parts.text().toLowerCase(Locale.ROOT).contains("rejected");
            return new Notice(
                    refused ? JudgeFailure.kind(null, parts.text()) : NoticeKind.AUTOMATIC,
                    recipient == null ? null : MailAddresses.first(recipient),
                    refused ? JudgeFailure.status(parts.text()) : null,
                    refused ? parts.text() : disposition,
                    false);
        }
        return new Notice(NoticeKind.AUTOMATIC, null, null, null, false);
    }

    private static String ownWords(Parts parts) {
        var words = PlainText.ownWords(parts.text());
        return words.length() > LONGEST_REPLY ? words.substring(0, LONGEST_REPLY) : words;
    }

    /** Every address that a token of ours may stand in: where it was sent to, and where the mail that came back was from. */
    private static List<String> addresses(Signs signs, Parts parts) {
        var addresses = new LinkedHashSet<String>();
        for (var name : List.of("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc")) {
            add(addresses, signs.header(name));
        }
        for (var report : parts.reports()) {
            for (var block : report.blocks()) {
                add(addresses, DeliveryReport.field(block, "Original-Mail-From"));
                add(addresses, DeliveryReport.field(block, "X-HmXmrOriginalRecipient"));
                var envelope = DeliveryReport.field(block, "Original-Envelope-Id");
                if (envelope != null) {
                    addresses.add(envelope);
                }
            }
        }
        parts.returned().ifPresent(headers -> {
            add(addresses, header(headers, "Return-Path"));
            add(addresses, header(headers, "Reply-To"));
        });
        return List.copyOf(addresses);
    }

    private static void add(Set<String> addresses, @Nullable String header) {
        if (header != null) {
            addresses.addAll(MailAddresses.all(header));
        }
    }

    private static List<String> messageIds(Signs signs, Parts parts) {
        var ids = new LinkedHashSet<String>();
        parts.returned().ifPresent(headers -> addIds(ids, header(headers, "Message-ID")));
        addIds(ids, signs.header("In-Reply-To"));
        addIds(ids, signs.header("References"));
        for (var report : parts.reports()) {
            report.blocks().forEach(block -> addIds(ids, DeliveryReport.field(block, "Original-Message-ID")));
        }
        return List.copyOf(ids);
    }

    private static void addIds(Set<String> ids, @Nullable String header) {
        if (header != null) {
            MESSAGE_ID.matcher(header).results().forEach(found -> ids.add(found.group()));
        }
    }

    private static List<String> links(Parts parts) {
        var links = new ArrayList<String>();
        parts.returned().ifPresent(headers -> {
            var header = header(headers, "List-Unsubscribe");
            if (header != null) {
                LINK.matcher(header).results().forEach(found -> links.add(found.group(1)));
            }
        });
        return links;
    }

    private static @Nullable String header(InternetHeaders headers, String name) {
        var value = headers.getHeader(name, ", ");
        return value == null
                ? null
                : value.substring(0, Math.min(LONGEST_HEADER, value.length())).replaceAll("[\\r\\n]+[ \\t]*", " ");
    }

    private static @Nullable String first(@Nullable String header) {
        if (header == null) {
            return null;
        }
        var id = MESSAGE_ID.matcher(header);
        return id.find() ? id.group() : null;
    }
}
