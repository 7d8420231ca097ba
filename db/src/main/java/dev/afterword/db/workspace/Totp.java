package dev.afterword.db.workspace;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Codes of the time (RFC 6238 over RFC 4226): what an authenticator app shows for half a minute. SHA-1, because most apps know nothing else. */
final class Totp {
    static final Duration STEP = Duration.ofSeconds(30);
    static final int DIGITS = 6;

    private Totp() {}

    static long step(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), STEP.toSeconds());
    }

    static String code(byte[] seed, long step, int digits) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(seed, "HmacSHA1"));
            var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int from = hash[hash.length - 1] & 0x0f;
            long number = ByteBuffer.wrap(hash, from, Integer.BYTES).getInt() & 0x7fffffffL;
            var text = "0".repeat(digits) + number;
            return text.substring(text.length() - digits);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
