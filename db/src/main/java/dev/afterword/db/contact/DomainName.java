package dev.afterword.db.contact;

import com.ibm.icu.text.IDNA;
import java.util.EnumSet;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The one form of a domain however it is written: mapped as UTS 46 says without its transition, so that ß and ς are letters of their own as they are in IDNA 2008,
 * and in ASCII, as A-labels (RFC 5890). The JDK knows IDNA 2003 and Unicode 3.2 only, and writes {@code strasse} for {@code straße}, which is another domain.
 */
final class DomainName {
    /** Nobody sees them, and UTS 46 maps them to nothing. */
    static final Pattern UNSEEN =
            Pattern.compile("[\\u00ad\\u034f\\u180b-\\u180d\\u180f\\u200b\\u2060\\u2064\\ufe00-\\ufe0f\\ufeff]");

    private static final Pattern JOINER = Pattern.compile("[\\u200c\\u200d]");
    private static final Pattern IN_ASCII = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

    private DomainName() {}

    /** UTS 46 is loaded when the first address comes that needs it: nearly all are in ASCII. */
    private static final class Uts46 {
        static final IDNA MAPPING = IDNA.getUTS46Instance(
                IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE | IDNA.CHECK_CONTEXTJ);
    }

    /** In ASCII and lower case, without the dot of the root; in lower case alone where it has no such form. */
    static String ascii(String domain) {
        var lower = withoutRoot(domain.toLowerCase(Locale.ROOT));
        if (IN_ASCII.matcher(lower).matches()) {
            return lower;
        }
        var info = new IDNA.Info();
        var name = mapped(domain, info);
        if (info.getErrors().equals(EnumSet.of(IDNA.Error.CONTEXTJ))) {
            // Where a joiner changes nothing nobody sees it.
            info = new IDNA.Info();
            name = mapped(JOINER.matcher(domain).replaceAll(""), info);
        }
        return !info.hasErrors() && IN_ASCII.matcher(name).matches() ? name : domain.toLowerCase(Locale.ROOT);
    }

    /** As people read it. */
    static String letters(String domain) {
        var name = ascii(domain);
        if (!name.contains("xn--")) {
            return name;
        }
        var info = new IDNA.Info();
        var letters =
                Uts46.MAPPING.nameToUnicode(name, new StringBuilder(), info).toString();
        return info.hasErrors() ? name : letters;
    }

    private static String mapped(String domain, IDNA.Info info) {
        return withoutRoot(
                Uts46.MAPPING.nameToASCII(domain, new StringBuilder(), info).toString());
    }

    private static String withoutRoot(String domain) {
        return domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    }
}
