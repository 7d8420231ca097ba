package dev.afterword.db.contact;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The one form of a domain however it is written: mapped as UTS 46 does without its transition, so that ß and ς are letters of their own as they are in IDNA 2008,
 * and in ASCII, as A-labels (RFC 5890). The JDK knows IDNA 2003 and Unicode 3.2 only, and writes {@code strasse} for {@code straße}, which is another domain.
 */
final class DomainName {
    /** Nobody sees them, and UTS 46 maps them to nothing. */
    static final Pattern UNSEEN =
            Pattern.compile("[\\u00ad\\u034f\\u180b-\\u180d\\u180f\\u200b\\u2060\\u2064\\ufe00-\\ufe0f\\ufeff]");
    /** Joiners change how letters look only in the scripts from Arabic to Mongolian and their neighbours (RFC 5892 appendix A.1 and A.2); elsewhere nobody sees them. */
    private static final Pattern USELESS_JOINER =
            Pattern.compile("(?<![\\u0600-\\u1cff])[\\u200c\\u200d]+|[\\u200c\\u200d]+(?=\\.|$)");

    private static final Pattern IN_ASCII = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");
    private static final String PREFIX = "xn--";
    private static final int LONGEST_LABEL = 63;

    private DomainName() {}

    /** In ASCII and lower case, without the dot of the root; in lower case alone where it has no such form. */
    static String ascii(String domain) {
        var labels = mapped(domain).split("\\.", -1);
        var name = Arrays.stream(labels).map(DomainName::encoded).collect(Collectors.joining("."));
        return IN_ASCII.matcher(name).matches()
                        && Arrays.stream(name.split("\\.")).allMatch(label -> label.length() <= LONGEST_LABEL)
                ? name
                : domain.toLowerCase(Locale.ROOT);
    }

    /** As people read it. */
    static String letters(String domain) {
        return Arrays.stream(ascii(domain).split("\\.", -1))
                .map(DomainName::decoded)
                .collect(Collectors.joining("."));
    }

    private static String mapped(String domain) {
        var seen = UNSEEN.matcher(Normalizer.normalize(domain, Form.NFKC)).replaceAll("");
        var folded = seen.codePoints()
                // One by one: a whole word would end in another sigma than its letters have.
                .mapToObj(letter -> Character.toString(letter).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining())
                .replace('\u3002', '.');
        var mapped =
                USELESS_JOINER.matcher(Normalizer.normalize(folded, Form.NFKC)).replaceAll("");
        return mapped.endsWith(".") ? mapped.substring(0, mapped.length() - 1) : mapped;
    }

    private static String encoded(String label) {
        return Address.ascii(label) ? label : PREFIX + Punycode.encode(label);
    }

    /** Only what would be written like that again. */
    private static String decoded(String label) {
        if (!label.startsWith(PREFIX)) {
            return label;
        }
        var letters = Punycode.decode(label.substring(PREFIX.length()));
        return letters != null && encoded(mapped(letters)).equals(label) ? letters : label;
    }
}
