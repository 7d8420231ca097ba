package dev.afterword.db.workspace;

import java.security.SecureRandom;
import java.util.Locale;

/** Lower-case base32 without padding (RFC 4648 §6), for what stands in links and mail addresses. */
public final class Base32 {
    private static final org.apache.commons.codec.binary.Base32 CODEC = new org.apache.commons.codec.binary.Base32();
    private static final SecureRandom RANDOM = new SecureRandom();

    private Base32() {}

    public static String encode(byte[] bytes) {
        return CODEC.encodeToString(bytes).replace("=", "").toLowerCase(Locale.ROOT);
    }

    public static byte[] decode(String text) {
        return CODEC.decode(text.toUpperCase(Locale.ROOT));
    }

    /** Random characters, five bits each. */
    public static String random(int characters) {
        var bytes = new byte[characters];
        RANDOM.nextBytes(bytes);
        return encode(bytes).substring(0, characters);
    }
}
