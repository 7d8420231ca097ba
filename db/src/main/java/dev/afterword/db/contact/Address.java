package dev.afterword.db.contact;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A mail address in the form by which identity, suppression, consent and quarantine go; and in that which goes over the wire. */
public final class Address {
    private Address() {}

    /** Without what nobody sees, in lower case, and with its domain in ASCII as {@link DomainName} has it, so that all spellings of one address are one. */
    public static String normalise(String email) {
        if (ascii(email)) {
            var plain = email.strip().toLowerCase(Locale.ROOT);
            return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
        }
        var seen = seen(email);
        int at = seen.lastIndexOf('@') + 1;
        return Normalizer.normalize(seen.substring(0, at), Form.NFC).toLowerCase(Locale.ROOT)
                + DomainName.ascii(seen.substring(at));
    }

    /** With its domain in ASCII (RFC 5890); as it was where the domain has no such form. */
    public static String wire(String email) {
        var seen = seen(email);
        int at = seen.lastIndexOf('@') + 1;
        var domain = seen.substring(at);
        if (ascii(domain) && !domain.endsWith(".")) {
            return seen;
        }
        var name = DomainName.ascii(domain);
        return ascii(name) ? seen.substring(0, at) + name : seen;
    }

    /** The domain as it goes over the wire, in lower case. */
    public static String domain(String email) {
        var wire = wire(email);
        return wire.substring(wire.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    /** The same for people: with its domain in letters. */
    public static String readable(String email) {
        var normal = normalise(email);
        int at = normal.lastIndexOf('@') + 1;
        return normal.substring(0, at) + DomainName.letters(normal.substring(at));
    }

    /** The same address as it may be kept where it is shown, normalised: as it is, with its domain in ASCII, and with its domain in letters. */
    public static List<String> spellings(String email) {
        return Stream.of(email.strip().toLowerCase(Locale.ROOT), normalise(email), readable(email))
                .distinct()
                .toList();
    }

    private static String seen(String email) {
        return DomainName.UNSEEN.matcher(email).replaceAll("").strip();
    }

    public static boolean ascii(String text) {
        return text.chars().allMatch(letter -> letter < 128);
    }
}
