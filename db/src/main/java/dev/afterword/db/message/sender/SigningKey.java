package dev.afterword.db.message.sender;

import java.security.PrivateKey;

/**
 * A key that signs mail.
 *
 * @param domain for which it signs
 * @param selector under which its record stands: {@code selector._domainkey.domain}
 */
public record SigningKey(String domain, String selector, Algorithm algorithm, PrivateKey key) {
    /** The algorithms of RFC 6376 and RFC 8463. */
    public enum Algorithm {
        RSA,
        ED25519
    }
}
