package dev.afterword.worker.message.incoming;

import dev.afterword.db.message.incoming.Notice;
import dev.afterword.db.message.incoming.NoticeKind;
import jakarta.mail.internet.InternetHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report in the Abuse Reporting Format (RFC 5965, 6591, 6650). Many providers leave the recipient out. */
final class SpamReport {
    private SpamReport() {}

    static Notice notice(Parts.Report report) {
        var fields = report.blocks().isEmpty()
                ? new InternetHeaders()
                : report.blocks().getFirst();
        var type = DeliveryReport.field(fields, "Feedback-Type");
        return new Notice(
                kind(type == null ? "abuse" : type.toLowerCase(Locale.ROOT)),
                address(fields),
                null,
                diagnostic(type, DeliveryReport.field(fields, "User-Agent")),
                true);
    }

    private static NoticeKind kind(String type) {
        return switch (type) {
            case "not-spam" -> NoticeKind.AUTOMATIC;
            case "auth-failure", "virus", "dmarc" -> NoticeKind.POLICY;
            default -> NoticeKind.SPAM_REPORT;
        };
    }

    private static @Nullable String address(InternetHeaders fields) {
        var recipient = DeliveryReport.field(fields, "Original-Rcpt-To");
        return recipient == null ? null : MailAddresses.first(recipient);
    }

    private static @Nullable String diagnostic(@Nullable String type, @Nullable String agent) {
        return agent == null ? type : (type == null ? "" : type + ", ") + agent;
    }
}
