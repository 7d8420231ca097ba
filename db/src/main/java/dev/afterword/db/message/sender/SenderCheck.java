package dev.afterword.db.message.sender;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that receivers look up about a sender, and what they find.
 *
 * @param finding what is to be said about it; the code of its sentence is {@code sender.KIND.FINDING}
 * @param name under which a record stands or should
 * @param found what stands there
 * @param wanted the record to publish; null where nothing is to be changed
 */
public record SenderCheck(
        Kind kind,
        Finding finding,
        String name,
        List<String> found,
        @Nullable String wanted) {
    /** What receivers look up. */
    public enum Kind {
        SPF,
        DKIM_RSA,
        DKIM_ED25519,
        DMARC;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What they find. */
    public enum Finding {
        RIGHT,
        MISSING,
        WRONG,
        /** More than one, which counts as none. */
        SEVERAL,
        /** It lets everybody send. */
        OPEN,
        /** There are no keys yet, so there is nothing to publish. */
        NO_KEYS,
        /** Nobody answered. */
        UNANSWERED;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public boolean right() {
        return finding == Finding.RIGHT;
    }

    /** The code of the sentence that says it, as {@code spf.missing}. */
    public String code() {
        return kind.code() + "." + finding.code();
    }
}
