package dev.afterword.db.message;

import java.util.Locale;

/** What a message is. */
public enum SendKind {
    /** Asks to answer a survey. */
    ASK,
    /** Asks once more, unless there is an answer. */
    REMIND,
    /** Says something. */
    MAIL,
    /** Brings a reward or goodwill. */
    REWARD,
    /** What staff writes in a case. */
    REPLY,
    /** Says that what somebody wrote has arrived. */
    RECEIVED;

    /** Whether somebody waits for it who has just done something: it goes out at any hour. */
    public boolean atOnce() {
        return this == REWARD || this == REPLY || this == RECEIVED;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static SendKind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
