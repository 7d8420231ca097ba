package dev.afterword.web.inbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.afterword.web.Attempts;
import io.github.bucket4j.Bucket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What is asked of a form while a shop is told far more than its customers tell it: work by the browser that sends it, which people do not notice and whoever
 * sends thousands does. Who has no script waits a moment instead, now and then from one network. Counted by each process for itself, in bounded memory.
 */
@Component
class FeedbackWork {
    /** The work is PBKDF2 (RFC 8018) of the form's token with HMAC-SHA-256, so often… */
    static final int ITERATIONS = 10_000;
    /** …with salts 0, 1, 2 …, until so many leading bits are zero: 128 tries on average, a second or two in a browser. */
    static final int BITS = 7;

    private static final int LONGEST_SALT = 9;
    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PATIENT = 2;

    private final Cache<String, Bucket> shops = remembered();
    private final Cache<String, Bucket> patient = remembered();
    private final int usual;

    FeedbackWork(@Value("${afterword.web.feedback-usual:60}") int usual) {
        this.usual = usual;
    }

    private static Cache<String, Bucket> remembered() {
        return Caffeine.newBuilder()
                .maximumSize(50_000)
                .expireAfterAccess(PERIOD.multipliedBy(2))
                .build();
    }

    private static Bucket bucket(int capacity) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(capacity, PERIOD))
                .build();
    }

    private Bucket shop(String workspaceCode) {
        return shops.get(workspaceCode, _ -> bucket(usual));
    }

    /** Whether forms of that shop that are shown now had better begin to work. */
    boolean asked(String workspaceCode) {
        return shop(workspaceCode).getAvailableTokens() == 0;
    }

    /** Counts one message for that shop; false where it is one too many and came without work or patience. */
    Mono<Boolean> passes(String workspaceCode, FormTokens.Token token, String salt, ServerWebExchange exchange) {
        return Mono.fromCallable(() -> shop(workspaceCode).tryConsume(1)
                        || done(token.text(), salt)
                        || (token.age().compareTo(PATIENCE) >= 0
                                && patient.get(workspaceCode + ' ' + Attempts.network(exchange), _ -> bucket(PATIENT))
                                        .tryConsume(1)))
                .subscribeOn(Schedulers.boundedElastic());
    }

    /** Whether the work for that form was done: ten milliseconds. */
    static boolean done(String token, String salt) throws GeneralSecurityException {
        if (salt.isEmpty() || salt.length() > LONGEST_SALT) {
            return false;
        }
        var spec = new PBEKeySpec(token.toCharArray(), salt.getBytes(StandardCharsets.UTF_8), ITERATIONS, Byte.SIZE);
        var key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(spec)
                .getEncoded();
        return (key[0] & 0xff) >> (Byte.SIZE - BITS) == 0;
    }
}
