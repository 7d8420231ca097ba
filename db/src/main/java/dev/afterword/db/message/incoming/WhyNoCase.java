package dev.afterword.db.message.incoming;

import java.util.Locale;

/** Why no case was made of a mail. */
public enum WhyNoCase {
    /** Nothing in it can be understood. */
    UNREADABLE,
    /** A machine or a list wrote it. */
    AUTOMATIC,
    /** It says what became of a mail, but of none of ours. */
    REPORT,
    /** It does not say who wrote it. */
    NO_SENDER,
    /** It comes from an address of ours. */
    OWN,
    /** Its sender wrote too much within an hour, or whoever a mail of ours was for answered too much. */
    LIMIT,
    /** Whoever wrote it was erased, and is not made known again by a mail that anybody could have written. */
    ERASED,
    /** The workspace makes no cases of mail. */
    OFF,
    /** It went to nobody's support address. */
    NOBODY,
    /** It went where another help desk answers, from somewhere else. */
    NOT_DESK,
    /** Another help desk answered, and that could not go to the customer. */
    NOT_SENT;

    /** The name in tables, as {@code no-sender}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static WhyNoCase of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
