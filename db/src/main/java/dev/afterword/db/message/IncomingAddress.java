package dev.afterword.db.message;

import dev.afterword.db.contact.Address;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where mail comes back to, {@code afterword.mail.incoming.address}: {@code post@shop.example} where its server gives {@code post+…@shop.example} to the same
 * mailbox, or {@code *@in.shop.example} where everything for that domain does.
 *
 * @param prefix what stands before a token
 */
record IncomingAddress(String prefix, String domain) {
    /** RFC 5321 §4.5.3.1.1: 64 octets, of which a token takes 50. */
    private static final int LONGEST_PREFIX = 14;

    private static final Pattern SHAPE = Pattern.compile("(\\*|[a-z0-9._-]{1,40})@([a-z0-9.-]{3,190})");

    static IncomingAddress parse(String setting) {
        var address = SHAPE.matcher(Address.wire(setting.strip().toLowerCase(Locale.ROOT)));
        if (!address.matches()) {
            throw new IllegalArgumentException(
                    "afterword.mail.incoming.address is neither like post@shop.example nor like *@in.shop.example");
        }
        var prefix = address.group(1).equals("*") ? "" : address.group(1) + "+";
        if (prefix.length() > LONGEST_PREFIX) {
            throw new IllegalArgumentException(
                    "afterword.mail.incoming.address has more than 13 characters before its @: a mail address would become too long");
        }
        return new IncomingAddress(prefix, address.group(2));
    }

    /** What stands in an address behind the prefix; empty for an address that is not ours. */
    Optional<String> token(String address) {
        var folded = Address.wire(address.strip().toLowerCase(Locale.ROOT));
        return folded.startsWith(prefix) && folded.endsWith("@" + domain)
                ? Optional.of(folded.substring(prefix.length(), folded.length() - domain.length() - 1))
                : Optional.empty();
    }

    /** Whether it is the address of the mailbox itself. */
    boolean bare(String address) {
        return !prefix.isEmpty()
                && Address.wire(address.strip())
                        .equalsIgnoreCase(prefix.substring(0, prefix.length() - 1) + "@" + domain);
    }

    String with(String token) {
        return prefix + token + "@" + domain;
    }
}
