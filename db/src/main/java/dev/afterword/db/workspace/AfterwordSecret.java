package dev.afterword.db.workspace;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The installation's secret of 32 bytes and, for rotation, an older one that is still accepted; never in the database, equal in all processes. */
public final class AfterwordSecret {
    private final List<byte[]> secrets;

    /** @param secrets the current one first; each at least 32 bytes */
    public AfterwordSecret(List<byte[]> secrets) {
        if (secrets.isEmpty() || secrets.stream().anyMatch(secret -> secret.length < 32)) {
            throw new IllegalArgumentException("afterword.secret must be at least 32 bytes");
        }
        this.secrets = secrets.stream().map(byte[]::clone).toList();
    }

    /** HMAC-SHA256 (RFC 2104) of a text for one use, under the current secret. */
    public byte[] mac(String use, String text) {
        return mac(secrets.getFirst(), use, text);
    }

    /** The same under every accepted secret, the current one first. */
    public List<byte[]> macs(String use, String text) {
        return secrets.stream().map(secret -> mac(secret, use, text)).toList();
    }

    private static byte[] mac(byte[] secret, String use, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal((use + '\0' + text).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
