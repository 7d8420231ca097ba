package dev.afterword.db.response.mark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.UUID;

/** Words long enough that two people hardly write the same, as a number that tells nothing of them. */
final class Repeated {
    private static final int LETTERS = 20;
    private static final int DENSE = 10;

    private Repeated() {}

    /** Empty for what is short: thousands write “all good, thanks”. */
    static OptionalLong words(UUID workspaceId, String text) {
        var said = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{Nd}]+", " ")
                .strip();
        var letters = said.codePoints().filter(Character::isLetter).count();
        var spaced = letters >= LETTERS && said.split(" ", -1).length >= 4;
        var dense = said.codePoints()
                        .filter(point -> Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN
                                || Character.UnicodeScript.of(point) == Character.UnicodeScript.HIRAGANA
                                || Character.UnicodeScript.of(point) == Character.UnicodeScript.KATAKANA
                                || Character.UnicodeScript.of(point) == Character.UnicodeScript.THAI)
                        .count()
                >= DENSE;
        return spaced || dense ? OptionalLong.of(hash(workspaceId + " " + said)) : OptionalLong.empty();
    }

    private static long hash(String text) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
