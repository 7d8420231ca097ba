package dev.afterword.db.message.mail;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Makes a value harmless where it is to stand. */
public final class Escape {
    /** What ends a line or a header, and what turns the direction of everything that follows. */
    private static final Pattern CONTROLS =
            Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+");

    private Escape() {}

    /** For text and for attributes alike. */
    public static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** One line. */
    public static String line(String text) {
        return maybeControls(text) ? CONTROLS.matcher(text).replaceAll(" ").strip() : text.strip();
    }

    /** Nearly always nothing is to be replaced, and to look for it with the pattern takes much longer. */
    private static boolean maybeControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (one < ' ' || one == 0x7f || (one >= 0x2028 && one <= 0x2069)) {
                return true;
            }
        }
        return false;
    }

    /** For a part of a link. */
    static String url(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
