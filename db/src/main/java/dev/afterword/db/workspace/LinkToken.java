package dev.afterword.db.workspace;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A token in a link: the workspace's code, the id and a MAC of 80 bits, all in lower-case base32 (RFC 4648) because mail servers may fold case; 50 characters.
 *
 * @param workspaceCode 8 characters
 */
public record LinkToken(String workspaceCode, UUID id) {
    private static final Pattern SHAPE = Pattern.compile("[a-z2-7]{8}[a-z2-7]{26}[a-z2-7]{16}");
    private static final int CODE = 8;
    private static final int ID = 26;
    private static final int MAC_BYTES = 10;

    /** What a token may be used for: one use's token is worthless for another. */
    public enum Use {
        /** {@code /r}: see and answer one invitation; its id. */
        ANSWER,
        /** {@code /u}: unsubscribe and preferences; the id of a send. */
        UNSUBSCRIBE,
        /** The Message-ID of a mail; the id of a send. */
        MESSAGE,
        /** The envelope sender of a mail, to which it comes back; the id of a send. */
        BOUNCE,
        /** Where a person answers a mail; the id of a send. */
        REPLY,
        /** {@code /s} and {@code /o}: begin to answer a survey; the id of its link. */
        SURVEY,
        /** What a page of such a link sends with the first answer, so that two clicks meet in one response; its id. */
        BEGINNING,
        /** {@code /f}: say something about an order; its id. */
        FEEDBACK,
        /** What a page with a form of feedback sends back, so that two clicks meet in one entry and its age is known; the id of that entry. */
        FORM,
        /** {@code /c}: follow a case and answer in it, by the link of a mail to its customer; its id. */
        CASE,
        /** {@code /c}: the same by the link that is shown when it is opened, to whomever that is; the id of the case. */
        CASE_OPENED,
        /** Where another help desk answers what it was mailed of a case; the id of the case. */
        DESK
    }

    public String sign(Use use, AfterwordSecret secret) {
        var bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        var text = workspaceCode + Base32.encode(bytes);
        return text + Base32.encode(Arrays.copyOf(secret.mac(use.name(), text), MAC_BYTES));
    }

    /** Reads a token made for this use by this installation; empty for anything else, however wrong. */
    public static Optional<LinkToken> verify(String token, Use use, AfterwordSecret secret) {
        var folded = token.length() > 100 ? "" : token.toLowerCase(Locale.ROOT);
        if (!SHAPE.matcher(folded).matches()) {
            return Optional.empty();
        }
        var text = folded.substring(0, CODE + ID);
        var given = Base32.decode(folded.substring(CODE + ID));
        var genuine = secret.macs(use.name(), text).stream()
                .anyMatch(mac -> MessageDigest.isEqual(Arrays.copyOf(mac, MAC_BYTES), given));
        if (!genuine) {
            return Optional.empty();
        }
        var id = ByteBuffer.wrap(Base32.decode(text.substring(CODE)));
        return Optional.of(new LinkToken(text.substring(0, CODE), new UUID(id.getLong(), id.getLong())));
    }
}
