package dev.afterword.worker.message.incoming;

import dev.afterword.db.message.incoming.JudgeFailure;
import dev.afterword.db.message.incoming.Notice;
import dev.afterword.db.message.incoming.NoticeKind;
import jakarta.mail.internet.InternetHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A report on delivery for machines: RFC 3464, and RFC 6533 where addresses are international. */
final class DeliveryReport {
    private static final Pattern STATUS = Pattern.compile("^\\s*([245]\\.\\d{1,3}\\.\\d{1,3})");
    private static final Pattern REPLY = Pattern.compile("^\\s*([245])\\d\\d\\b");
    private static final int LONGEST_FIELD = 2_000;
    private static final Pattern ESCAPED = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{2,6})}");

    private DeliveryReport() {}

    /**
     * One notice for each recipient.
     *
     * @param words what the report says to people; asked where its fields say nothing
     */
    static List<Notice> notices(Parts.Report report, String words) {
        var notices = new LinkedHashMap<String, Notice>();
        for (var block : report.blocks()) {
            if (field(block, "Final-Recipient") == null
                    && field(block, "Original-Recipient") == null
                    && field(block, "Action") == null) {
                continue;
            }
            var notice = notice(block, words);
            notices.putIfAbsent(String.valueOf(notice.address()).toLowerCase(Locale.ROOT), notice);
        }
        return List.copyOf(notices.values());
    }

    private static Notice notice(InternetHeaders block, String words) {
        var diagnostic = field(block, "Diagnostic-Code");
        var said = diagnostic == null
                ? ""
                : diagnostic.replaceFirst("^\\s*[\\w-]+\\s*;", "").strip();
        var field = field(block, "Status");
        var status = status(field);
        // Some write what a person should read where only a code belongs, and leave the diagnosis out.
        var all = String.join(" ", said, field == null ? "" : field);
        var evidence = said.isEmpty() || (status != null && status.endsWith(".0.0")) ? all + " " + words : all;
        var kind = kind(field(block, "Action"), status, evidence);
        var precise = JudgeFailure.status(said);
        return new Notice(
                kind,
                address(block),
                status == null || (status.endsWith(".0.0") && precise != null) ? precise : status,
                said.isEmpty() ? field : said,
                true);
    }

    private static NoticeKind kind(@Nullable String action, @Nullable String status, String evidence) {
        var word = action == null ? "" : action.strip().toLowerCase(Locale.ROOT);
        if (word.startsWith("delayed")) {
            return NoticeKind.DELAYED;
        }
        if (word.startsWith("delivered")
                || word.startsWith("relayed")
                || word.startsWith("expanded")
                || (word.isEmpty() && status != null && status.startsWith("2"))) {
            return NoticeKind.AUTOMATIC;
        }
        return JudgeFailure.kind(status, evidence);
    }

    /** The recipient as it was asked for, which is how we know it; else what it became. */
    private static @Nullable String address(InternetHeaders block) {
        var original = address(field(block, "Original-Recipient"));
        return original == null ? address(field(block, "Final-Recipient")) : original;
    }

    private static @Nullable String address(@Nullable String field) {
        if (field == null || field.strip().toLowerCase(Locale.ROOT).startsWith("x400")) {
            return null;
        }
        var plain = ESCAPED.matcher(field.substring(field.indexOf(';') + 1))
                .replaceAll(
                        match -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(match.group(1), 16))));
        return MailAddresses.first(plain);
    }

    private static @Nullable String status(@Nullable String field) {
        if (field == null) {
            return null;
        }
        var status = STATUS.matcher(field);
        if (status.find()) {
            return status.group(1);
        }
        var reply = REPLY.matcher(field);
        return reply.find() ? reply.group(1) + ".0.0" : null;
    }

    static @Nullable String field(InternetHeaders block, String name) {
        var value = block.getHeader(name, null);
        return value == null || value.isBlank()
                ? null
                : value.substring(0, Math.min(LONGEST_FIELD, value.length()))
                        .replaceAll("[\\r\\n]+[ \\t]*", " ")
                        .strip();
    }
}
