package dev.afterword.db.workspace;

import java.util.Locale;

/** Why a workspace may write for a purpose; without one it may not. */
public enum Ground {
    /** Only to those who agreed. */
    OPT_IN,
    /** To those who bought, were told, and may object. */
    EXISTING_CUSTOMER;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Ground of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
