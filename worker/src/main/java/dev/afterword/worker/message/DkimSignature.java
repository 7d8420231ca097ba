package dev.afterword.worker.message;

import dev.afterword.db.message.sender.SigningKey;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Signs mail (RFC 6376, RFC 8463), relaxed in head and body. The sender is signed once more than it stands there, so that nobody can add another. It works on the
 * bytes that go over the wire, and hashes the body once for all keys.
 */
final class DkimSignature {
    /** What is signed where it stands; what a receiver shows or acts upon. */
    private static final List<String> SIGNED = List.of(
            "from",
            "to",
            "subject",
            "date",
            "message-id",
            "reply-to",
            "in-reply-to",
            "references",
            "mime-version",
            "content-type",
            "content-language",
            "list-unsubscribe",
            "list-unsubscribe-post",
            "list-id",
            "feedback-id",
            "auto-submitted");

    private static final String CRLF = "\r\n";
    private static final Pattern SPACES = Pattern.compile("[ \\t]+");
    private static final int LINE = 72;

    private DkimSignature() {}

    /** A field of the head: its name in lower case, and its relaxed form without the line's end. */
    private record Field(String name, String relaxed) {}

    /** The message with one signature a key before its head. */
    static byte[] sign(byte[] message, List<SigningKey> keys, Instant now) throws MessagingException {
        int end = endOfHead(message);
        var fields = fields(new String(message, 0, end, StandardCharsets.UTF_8));
        var head = new StringBuilder();
        try {
            var body = Base64.getEncoder().encodeToString(bodyHash(message, end));
            for (var key : keys) {
                head.append(signature(fields, body, key, now)).append(CRLF);
            }
        } catch (GeneralSecurityException e) {
            throw new MessagingException("cannot be signed", e);
        }
        var signatures = head.toString().getBytes(StandardCharsets.US_ASCII);
        var signed = new byte[signatures.length + message.length];
        System.arraycopy(signatures, 0, signed, 0, signatures.length);
        System.arraycopy(message, 0, signed, signatures.length, message.length);
        return signed;
    }

    private static String signature(List<Field> fields, String body, SigningKey key, Instant now)
            throws GeneralSecurityException {
        var names = new ArrayList<String>();
        var data = new StringBuilder();
        for (var name : SIGNED) {
            fields.stream().filter(field -> field.name.equals(name)).findFirst().ifPresent(field -> {
                names.add(name);
                data.append(field.relaxed).append(CRLF);
            });
        }
        // Once more than it stands there: a sender that is added breaks the signature (RFC 6376 §8.15).
        names.add("from");
        var algorithm = switch (key.algorithm()) {
            case RSA -> "rsa-sha256";
            case ED25519 -> "ed25519-sha256";
        };
        var field = "DKIM-Signature: v=1; a=" + algorithm + "; c=relaxed/relaxed; d=" + key.domain() + ";" + CRLF
                + " s="
                + key.selector() + "; t=" + now.getEpochSecond() + ";" + CRLF + " h=" + folded(names) + ";" + CRLF
                + " bh=" + body + ";" + CRLF + " b=";
        data.append(relaxed(field));
        return field + foldedValue(Base64.getEncoder().encodeToString(signed(key, data.toString())));
    }

    private static byte[] signed(SigningKey key, String data) throws GeneralSecurityException {
        var bytes = data.getBytes(StandardCharsets.UTF_8);
        if (key.key() instanceof EdECPrivateKey edwards) {
            // RFC 8463 §3: it signs the hash.
            return ed25519(edwards, MessageDigest.getInstance("SHA-256").digest(bytes));
        }
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key.key());
        signature.update(bytes);
        return signature.sign();
    }

    /** RFC 8032 §5.1.6; the JDK's own takes twenty times as long. */
    private static byte[] ed25519(EdECPrivateKey key, byte[] message) throws InvalidKeyException {
        var secret = key.getBytes().orElseThrow(() -> new InvalidKeyException("a key that keeps its bytes to itself"));
        var signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(secret, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    private static String folded(List<String> names) {
        var lines = new StringBuilder();
        int length = 0;
        for (var name : names) {
            if (length > 0) {
                lines.append(':');
                length++;
            }
            if (length + name.length() > LINE) {
                lines.append(CRLF).append("  ");
                length = 0;
            }
            lines.append(name);
            length += name.length();
        }
        return lines.toString();
    }

    private static String foldedValue(String value) {
        var lines = new StringBuilder();
        for (int at = 0; at < value.length(); at += LINE) {
            lines.append(at == 0 ? "" : CRLF + "  ").append(value, at, Math.min(value.length(), at + LINE));
        }
        return lines.toString();
    }

    private static int endOfHead(byte[] message) {
        for (int at = 0; at + 3 < message.length; at++) {
            if (message[at] == '\r' && message[at + 1] == '\n' && message[at + 2] == '\r' && message[at + 3] == '\n') {
                return at + 2;
            }
        }
        return message.length;
    }

    private static List<Field> fields(String head) {
        var fields = new ArrayList<Field>();
        for (var line : head.split("\r\n(?![ \t])", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.add(new Field(line.substring(0, colon).strip().toLowerCase(Locale.ROOT), relaxed(line)));
            }
        }
        return fields;
    }

    /** RFC 6376 §3.4.2. */
    private static String relaxed(String field) {
        int colon = field.indexOf(':');
        var value = SPACES.matcher(field.substring(colon + 1).replace(CRLF, ""))
                .replaceAll(" ")
                .strip();
        return field.substring(0, colon).strip().toLowerCase(Locale.ROOT) + ":" + value;
    }

    /** SHA-256 of the body in its relaxed form, RFC 6376 §3.4.4: no spaces at the end of lines, one between words, no empty lines at the end. */
    private static byte[] bodyHash(byte[] message, int end) throws GeneralSecurityException {
        var body = new ByteArrayOutputStream(message.length);
        int emptyLines = 0;
        int at = Math.min(end + 2, message.length);
        while (at < message.length) {
            int stop = at;
            while (stop < message.length && message[stop] != '\n') {
                stop++;
            }
            int last = stop > at && message[stop - 1] == '\r' ? stop - 1 : stop;
            while (last > at && isSpace(message[last - 1])) {
                last--;
            }
            if (last == at) {
                emptyLines++;
            } else {
                for (; emptyLines > 0; emptyLines--) {
                    body.writeBytes(CRLF.getBytes(StandardCharsets.US_ASCII));
                }
                writeRelaxed(message, at, last, body);
            }
            at = stop + 1;
        }
        return MessageDigest.getInstance("SHA-256").digest(body.toByteArray());
    }

    /** Each run without spaces at once. */
    private static void writeRelaxed(byte[] message, int from, int to, ByteArrayOutputStream body) {
        int run = from;
        for (int at = from; at < to; at++) {
            if (isSpace(message[at])) {
                body.write(message, run, at - run);
                body.write(' ');
                while (isSpace(message[at + 1])) {
                    at++;
                }
                run = at + 1;
            }
        }
        body.write(message, run, to - run);
        body.write('\r');
        body.write('\n');
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet == '\t';
    }
}
