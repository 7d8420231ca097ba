package dev.afterword.db.response.hit;

import java.util.Locale;

/** Why a rule says what it says. */
public enum Reason {
    HEAD,
    PREFETCH,
    ROBOT,
    CANARY,
    SEVERAL_SCORES,
    TWO_SCORES,
    ALL_LINKS,
    AT_DELIVERY,
    TOO_QUICK,
    BARE,
    NOTHING_LOADED,
    FORM_UNSEEN,
    /** More requests of one link than can be looked at together. */
    FLOOD,
    LOADED,
    TYPED,
    ANSWERED;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Reason of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
