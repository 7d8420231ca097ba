package dev.afterword.worker.message.incoming;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Mail addresses in running text (RFC 5322 dot-atoms; RFC 6531 letters). */
final class MailAddresses {
    private static final Pattern ONE = Pattern.compile(
            "[\\p{L}\\p{N}!#$%&'*+/=?^_{|}~-][\\p{L}\\p{N}!#$%&'*+/=?^_{|}~.-]{0,254}@[\\p{L}\\p{N}][\\p{L}\\p{N}.-]{0,250}[\\p{L}\\p{N}]");
    /** What stands before an address without a space, as in {@code SMTP=ana@example.com}, or quotes it. */
    private static final Pattern DRESS = Pattern.compile("^(?:(?i:smtp|rfc-?822|mailto|address)=|['*=|#~-])+");

    private static final int LONGEST = 8_000;

    private MailAddresses() {}

    static @Nullable String first(String text) {
        var all = all(text);
        return all.isEmpty() ? null : all.getFirst();
    }

    static List<String> all(String text) {
        var addresses = new ArrayList<String>();
        var found = ONE.matcher(text.substring(0, Math.min(LONGEST, text.length())));
        while (found.find()) {
            var address = DRESS.matcher(found.group()).replaceFirst("");
            if (wellFormed(address)) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    /** No dot where none may be, and one in the domain. */
    private static boolean wellFormed(String address) {
        int at = address.indexOf('@');
        return at > 0 && address.charAt(at - 1) != '.' && !address.contains("..") && address.indexOf('.', at) > at + 1;
    }
}
