package dev.afterword.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * How often one key may call, and how often one invitation's answers may be changed, so that a program gone wild keeps nobody else waiting. Each process counts
 * for itself, in bounded memory: only genuine keys and tokens are remembered, and each is forgotten when it rests.
 */
@Component
public class CallLimits {
    private static final int MOST = 50_000;
    /** Longer than any bucket takes to fill, so that to forget one gives nothing away. */
    private static final Duration RESTING = Duration.ofMinutes(10);

    private static final Duration SLOWED = Duration.ofMillis(20);

    private final Cache<String, Bucket> keys = remembered();
    private final Cache<UUID, Bucket> invitations = remembered();
    private final int callsPerSecond;
    private final int burst;
    private final int changesPerMinute;

    CallLimits(
            @Value("${afterword.api.calls-per-second:50}") int callsPerSecond,
            @Value("${afterword.api.burst:200}") int burst,
            @Value("${afterword.api.changes-per-minute:30}") int changesPerMinute) {
        this.callsPerSecond = callsPerSecond;
        this.burst = burst;
        this.changesPerMinute = changesPerMinute;
    }

    private static <K> Cache<K, Bucket> remembered() {
        return Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(RESTING)
                .build();
    }

    /** The name under which the calls of a key are counted, which is not its secret. */
    static String name(String secret) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Counts a call with a key that was found genuine before, without asking the database; an error when there are too many. */
    Mono<Void> call(String name) {
        return Mono.defer(() -> {
            var bucket = keys.getIfPresent(name);
            return bucket == null ? Mono.empty() : take(bucket);
        });
    }

    /** Counts the calls with this key from now on. */
    void genuine(String name) {
        var _ = keys.get(name, _ -> bucket(burst, callsPerSecond, Duration.ofSeconds(1)));
    }

    /**
     * Counts a change of the answers to an invitation, which a genuine token named; an error when there are too many. It goes by the invitation and not by the
     * address: many customers may come from one.
     */
    public Mono<Void> change(UUID invitationId) {
        return Mono.defer(() -> take(
                invitations.get(invitationId, _ -> bucket(changesPerMinute, changesPerMinute, Duration.ofMinutes(1)))));
    }

    /** What callers should know, for the API's description. */
    String described() {
        return "A key may make %d calls at once and %d a second; an import, however long, is one call. The answers to one invitation may be changed %d times a minute. Beyond that a call is answered with 429, the code rate.limited and Retry-After."
                .formatted(burst, callsPerSecond, changesPerMinute);
    }

    private static Bucket bucket(int capacity, int refill, Duration period) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(refill, period))
                .build();
    }

    /** Who calls too often is answered a moment later, which slows down a program that does not wait. */
    private static Mono<Void> take(Bucket bucket) {
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? Mono.empty()
                : Mono.delay(SLOWED).then(Mono.error(new TooMany(Duration.ofNanos(probe.getNanosToWaitForRefill()))));
    }
}
