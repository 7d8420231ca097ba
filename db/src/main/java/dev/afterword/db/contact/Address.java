package dev.afterword.db.contact;

import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A mail address in the form by which identity, suppression, consent and quarantine go, trimmed and lower-cased; and in that which goes over the wire. */
public final class Address {
    /** The JDK knows IDNA 2003, which makes another domain of these; they are letters of their own since (RFC 5894 §7.2). */
    private static final Pattern ANOTHER_DOMAIN = Pattern.compile("[\\u00df\\u1e9e\\u03c2\\u200c\\u200d]");

    private Address() {}

    public static String normalise(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    /** With its domain in ASCII (RFC 5890); as it was where the domain has no such form that is surely the same. */
    public static String wire(String email) {
        int at = email.lastIndexOf('@') + 1;
        var domain = email.substring(at);
        if (ascii(domain) || ANOTHER_DOMAIN.matcher(domain).find()) {
            return email;
        }
        try {
            return email.substring(0, at) + IDN.toASCII(domain);
        } catch (IllegalArgumentException e) {
            return email;
        }
    }

    /** The domain as it goes over the wire, in lower case. */
    public static String domain(String email) {
        var wire = wire(email);
        return wire.substring(wire.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    /** The same address as others may write it, normalised: as it is, with its domain in ASCII, and with its domain in letters. */
    public static List<String> spellings(String email) {
        var normal = normalise(email);
        int at = normal.lastIndexOf('@') + 1;
        return Stream.of(normal, wire(normal), normal.substring(0, at) + IDN.toUnicode(normal.substring(at)))
                .distinct()
                .toList();
    }

    public static boolean ascii(String text) {
        return text.chars().allMatch(letter -> letter < 128);
    }
}
