package dev.afterword.db.response.hit;

import java.util.Locale;

/** The family of a program that asks for pages; never its own words, which are nearly a fingerprint. */
public enum Agent {
    CHROME,
    EDGE,
    FIREFOX,
    OPERA,
    SAFARI,
    SAMSUNG,
    /** A mail program's own window. */
    MAIL,
    /** A browser that says that nobody looks at it. */
    HEADLESS,
    /** A robot, scanner or preview that says so. */
    ROBOT,
    /** A library or a command. */
    LIBRARY,
    OTHER,
    NONE;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of somebody who was erased nothing is known any more. */
    static Agent of(String code) {
        return code.isEmpty() ? OTHER : valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Whether it says that it shows pages to somebody. */
    boolean isBrowser() {
        return switch (this) {
            case CHROME, EDGE, FIREFOX, OPERA, SAFARI, SAMSUNG, MAIL -> true;
            case HEADLESS, ROBOT, LIBRARY, OTHER, NONE -> false;
        };
    }

    /** Whether it says itself that no person is before it. */
    boolean isDeclaredMachine() {
        return this == ROBOT || this == LIBRARY || this == HEADLESS;
    }
}
