package dev.afterword.db.workspace;

import dev.afterword.db.Rejected;
import dev.afterword.db.SecurityLog;
import dev.afterword.db.Transactions;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The second step of signing in. Between the two a browser holds a sealed ticket for five minutes, and nothing else knows of it. */
@Component
public class EnterByCode {
    private static final String USE = "second-step";
    private static final Duration LASTS = Duration.ofMinutes(5);

    private final AfterwordSecret secret;
    private final SecondFactors factors;
    private final Sessions sessions;
    private final Transactions transactions;
    private final Clock clock;

    EnterByCode(
            AfterwordSecret secret, SecondFactors factors, Sessions sessions, Transactions transactions, Clock clock) {
        this.secret = secret;
        this.factors = factors;
        this.sessions = sessions;
        this.transactions = transactions;
        this.clock = clock;
    }

    String ticket(UUID staffId) {
        var text = ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(staffId.getMostSignificantBits())
                .putLong(staffId.getLeastSignificantBits())
                .putLong(clock.instant().plus(LASTS).toEpochMilli())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret.seal(USE, text));
    }

    /** Whose ticket it is; rejected with {@code sign-in.over} when it is none, or too old. */
    public UUID who(String ticket) {
        try {
            var text = ByteBuffer.wrap(secret.open(USE, Base64.getUrlDecoder().decode(ticket)));
            var staffId = new UUID(text.getLong(), text.getLong());
            if (Instant.ofEpochMilli(text.getLong()).isAfter(clock.instant())) {
                return staffId;
            }
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException _) {
            // Whoever made it, it was not this installation: said below as for one that is too old.
        }
        throw new Rejected("sign-in.over", null);
    }

    /** The id of a new session, for the cookie, for who has a ticket and a right code. */
    public Mono<String> enter(String ticket, String code, String device) {
        return Mono.fromSupplier(() -> who(ticket))
                .flatMap(staffId -> factors.check(staffId, code)
                        .doOnError(Rejected.class, wrong -> SecurityLog.refused(wrong.code(), staffId))
                        .then(Mono.defer(() -> transactions.run(sessions.open(staffId, clock.instant(), device))))
                        .doOnNext(_ -> SecurityLog.entered("sign-in.code", staffId)));
    }
}
