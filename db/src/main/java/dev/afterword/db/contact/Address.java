package dev.afterword.db.contact;

import java.util.Locale;

/** A mail address in the form by which identity, suppression, consent and quarantine go: trimmed and lower-cased. */
public final class Address {
    private Address() {}

    public static String normalise(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}
