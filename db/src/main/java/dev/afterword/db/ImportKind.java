package dev.afterword.db;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an import brings. */
public enum ImportKind {
    ORDERS,
    RESPONSES,
    CONTACTS,
    PRODUCTS;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ImportKind> find(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }
}
