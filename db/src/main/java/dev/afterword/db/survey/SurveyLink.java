package dev.afterword.db.survey;

import dev.afterword.db.Key;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A link of a survey that anybody may open.
 *
 * @param revokedAt when another took its place; null while it is valid
 */
public record SurveyLink(
        Key key,
        UUID surveyId,
        Kind kind,
        Instant createdAt,
        @Nullable Instant revokedAt) {
    /** Where it stands. */
    public enum Kind {
        /** A page of ours. */
        PAGE,
        /** A device that one person after another answers on. */
        KIOSK,
        /** A frame in pages of the shop. */
        EMBEDDED,
        /** Printed on receipts, one for each order. */
        RECEIPT;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Kind> of(String code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code().equals(code))
                    .findFirst();
        }
    }

    /** The path of its page; that of receipts is followed by the order and its signature. */
    public String path(String workspaceCode, AfterwordSecret secret) {
        return (kind == Kind.RECEIPT ? "/o/" : "/s/") + token(workspaceCode).sign(LinkToken.Use.SURVEY, secret);
    }

    /** With this key a till signs the orders of receipts, without asking us; another with every renewal. Lower-case hexadecimal. */
    public String signingKey(AfterwordSecret secret) {
        return HexFormat.of().formatHex(secret.mac("RECEIPT", key.id().toString()));
    }

    /** What stands behind an order in the address of its receipt: the first 20 hexadecimal digits of HMAC-SHA256(key, order). */
    public String signature(String order, AfterwordSecret secret) {
        return signature(secret.mac("RECEIPT", key.id().toString()), order);
    }

    /** Whether an order was signed with the key of this link, under any secret that is still accepted. */
    public boolean signed(String order, String signature, AfterwordSecret secret) {
        var given = signature.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        return secret.macs("RECEIPT", key.id().toString()).stream()
                .anyMatch(key -> MessageDigest.isEqual(signature(key, order).getBytes(StandardCharsets.UTF_8), given));
    }

    private static String signature(byte[] key, String order) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(HexFormat.of().formatHex(key).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(order.getBytes(StandardCharsets.UTF_8)), 0, 10);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private LinkToken token(String workspaceCode) {
        return new LinkToken(workspaceCode, key.id());
    }
}
