package dev.afterword.db.response.hit;

import java.util.Locale;

/** Who a rule takes the maker of a request for. */
public enum Verdict {
    PERSON,
    MACHINE,
    UNSURE;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Verdict of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
