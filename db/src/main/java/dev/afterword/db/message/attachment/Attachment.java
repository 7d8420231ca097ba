package dev.afterword.db.message.attachment;

import dev.afterword.db.Key;
import java.util.UUID;

/**
 * A file that came with a mail or goes out with one.
 *
 * @param messageId the message that brought it, or the send that takes it along
 * @param size in bytes, as it came
 * @param width of a picture that was written anew by us; 0 for anything else
 * @param kept false: it is only named
 */
public record Attachment(
        Key key, UUID messageId, String name, String type, long size, int width, int height, boolean kept) {
    public boolean picture() {
        return kept && width > 0;
    }
}
