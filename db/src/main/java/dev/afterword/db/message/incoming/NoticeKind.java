package dev.afterword.db.message.incoming;

import java.util.Arrays;
import java.util.Locale;

/** What a message that came back says. */
public enum NoticeKind {
    /** The address does not exist, or is closed. */
    HARD,
    /** Given up for a reason that may pass: a full mailbox, a server that did not answer. */
    SOFT,
    /** Refused for what we are, or for what the mail is: never the fault of the person. */
    POLICY,
    /** Still being tried: information. */
    DELAYED,
    /** A mailbox provider says that the person reported the mail as spam. */
    SPAM_REPORT,
    /** A machine wrote, and nothing follows from it: out of office, receipts, news of a delivery. */
    AUTOMATIC,
    /** A person wrote. */
    REPLY;

    /** The name in tables and JSON, as {@code spam-report}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static NoticeKind of(String code) {
        return Arrays.stream(values())
                .filter(kind -> kind.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("notice kind " + code));
    }

    /** Whether the mail did not arrive, and will not. */
    public boolean failure() {
        return switch (this) {
            case HARD, SOFT, POLICY -> true;
            case DELAYED, SPAM_REPORT, AUTOMATIC, REPLY -> false;
        };
    }
}
