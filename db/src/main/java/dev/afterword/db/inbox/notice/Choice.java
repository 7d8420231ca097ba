package dev.afterword.db.inbox.notice;

import dev.afterword.db.Rejected;
import java.util.Arrays;
import java.util.Locale;

/** How somebody wants to be told of a kind of thing. */
public enum Choice {
    NOW,
    /** Once a day, at an hour of theirs, when there is something. */
    DIGEST,
    NEVER;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Choice of(String code) {
        return Arrays.stream(values())
                .filter(choice -> choice.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new Rejected("notice.choice-unknown", "choice", code));
    }
}
