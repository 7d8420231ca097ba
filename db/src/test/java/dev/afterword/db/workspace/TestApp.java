package dev.afterword.db.workspace;

import java.time.Instant;

/** An authenticator app, as a phone has one. */
public final class TestApp {
    private TestApp() {}

    /** The code that it shows at that time. */
    public static String code(String seed, Instant time) {
        return Totp.code(Base32.decode(seed.replace(" ", "")), Totp.step(time), Totp.DIGITS);
    }
}
