package dev.afterword.db.message.attachment;

import dev.afterword.db.Picture;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file that is to be kept with a mail.
 *
 * @param type as the mail names it, or what anything is; nothing is ever shown by it
 * @param size in bytes, as it came
 * @param bytes null where it is left out and only named
 * @param width of a picture that was written anew; 0 for anything else
 */
public record Attached(
        String name, String type, long size, @Nullable ByteBuffer bytes, int width, int height) {
    /** So many files are kept with one mail. */
    public static final int MOST = 10;
    /** So large may one be. */
    public static final int MOST_BYTES = 10 * 1024 * 1024;
    /** So large may all of one mail be together. */
    public static final int MOST_TOGETHER = 20 * 1024 * 1024;

    private static final String ANYTHING = "application/octet-stream";
    private static final Pattern TYPE = Pattern.compile("[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,100}");
    private static final int LONGEST_NAME = 120;

    public Attached {
        name = clean(name);
        type = known(type);
    }

    public static Attached file(String name, String type, byte[] bytes) {
        return new Attached(name, type, bytes.length, ByteBuffer.wrap(bytes), 0, 0);
    }

    public static Attached picture(String name, long size, Picture picture) {
        return new Attached(name, "image/jpeg", size, picture.jpeg(), picture.width(), picture.height());
    }

    public static Attached leftOut(String name, String type, long size) {
        return new Attached(name, type, size, null, 0, 0);
    }

    /** One line without what leads out of a folder or turns writing round; its end, by which it is known, stays. */
    private static String clean(String name) {
        var line = name.replaceAll("[\\s\\p{Cntrl}\\p{Cf}]+", " ")
                .replaceAll("[/\\\\:*?\"<>|]", "_")
                .strip();
        var plain = line.replaceAll("^[. ]+", "");
        if (plain.isEmpty()) {
            return "file";
        }
        int over = plain.codePointCount(0, plain.length()) - LONGEST_NAME;
        return over <= 0 ? plain : plain.substring(plain.offsetByCodePoints(0, over));
    }

    private static String known(String type) {
        var folded = type.strip().toLowerCase(Locale.ROOT);
        return TYPE.matcher(folded).matches() && !folded.startsWith("multipart/") && !folded.startsWith("message/")
                ? folded
                : ANYTHING;
    }
}
