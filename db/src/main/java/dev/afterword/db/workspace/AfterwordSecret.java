package dev.afterword.db.workspace;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The installation's secret of 32 bytes and, for rotation, an older one that is still accepted; never in the database, equal in all processes. */
public final class AfterwordSecret {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

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

    /** Encrypts for one use what stands in the database (AES-256 in GCM; the nonce before it). */
    public byte[] seal(String use, byte[] open) {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            var sealed =
                    cipher(Cipher.ENCRYPT_MODE, secrets.getFirst(), use, nonce).doFinal(open);
            return ByteBuffer.allocate(NONCE + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether an older secret is accepted too. */
    public boolean rotating() {
        return secrets.size() > 1;
    }

    /** The same sealed under the current secret; empty where it is already. Anything that no accepted secret has sealed is an error. */
    public Optional<byte[]> resealed(String use, byte[] sealed) {
        try {
            new AfterwordSecret(secrets.subList(0, 1)).open(use, sealed);
            return Optional.empty();
        } catch (IllegalStateException _) {
            return Optional.of(seal(use, open(use, sealed)));
        }
    }

    /** Decrypts what any accepted secret has sealed for that use; anything else is an error. */
    public byte[] open(String use, byte[] sealed) {
        var nonce = Arrays.copyOf(sealed, NONCE);
        GeneralSecurityException another = null;
        for (var secret : secrets) {
            try {
                return cipher(Cipher.DECRYPT_MODE, secret, use, nonce).doFinal(sealed, NONCE, sealed.length - NONCE);
            } catch (AEADBadTagException e) {
                another = e;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException("sealed with another afterword.secret", another);
    }

    private static Cipher cipher(int mode, byte[] secret, String use, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(mac(secret, "seal", use), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
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
