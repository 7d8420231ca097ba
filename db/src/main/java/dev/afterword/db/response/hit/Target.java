package dev.afterword.db.response.hit;

import java.util.Locale;

/** What of a customer's link was asked for. */
public enum Target {
    /** The questions. */
    PAGE,
    /** A button that sends answers. */
    ANSWER,
    /** What the page's script keeps while somebody answers. */
    DRAFT,
    /** The page again with what was just answered, for its script. */
    LIVE,
    THANKS,
    LOGO,
    /** What a browser fetches when it has applied the page's style. */
    SEEN,
    /** The link that people cannot see. */
    CANARY,
    /** The other link of the mail. */
    UNSUBSCRIBE;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Target of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
