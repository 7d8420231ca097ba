package dev.afterword.db.response;

import dev.afterword.db.Key;
import dev.afterword.db.workspace.AfterwordSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Closes text so that whoever has only the database cannot read it: AES-256-GCM under a key made of the installation's secret and the survey; the id is authenticated. */
final class Seal {
    private static final String USE = "SEALED";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final AfterwordSecret secret;

    Seal(AfterwordSecret secret) {
        this.secret = secret;
    }

    byte[] close(Key survey, UUID id, String text) {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, secret.mac(USE, name(survey)), nonce, id);
            var closed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            var sealed = Arrays.copyOf(nonce, NONCE + closed.length);
            System.arraycopy(closed, 0, sealed, NONCE, closed.length);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The text, sealed under any secret that is still accepted; empty for anything else. */
    Optional<String> open(Key survey, UUID id, byte[] sealed) {
        return secret.macs(USE, name(survey)).stream()
                .flatMap(key -> open(key, id, sealed).stream())
                .findFirst();
    }

    /** The text of what an older secret has sealed that is still accepted; empty for what the current one has sealed. */
    Optional<String> openOlder(Key survey, UUID id, byte[] sealed) {
        return open(secret.mac(USE, name(survey)), id, sealed).isPresent()
                ? Optional.empty()
                : open(survey, id, sealed);
    }

    private static Optional<String> open(byte[] key, UUID id, byte[] sealed) {
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(sealed, NONCE), id);
            return Optional.of(
                    new String(cipher.doFinal(sealed, NONCE, sealed.length - NONCE), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, UUID id) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(id.toString().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static String name(Key survey) {
        return survey.workspaceId() + " " + survey.id();
    }
}
