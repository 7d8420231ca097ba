package dev.afterword.web.inbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.afterword.web.Attempts;
import dev.afterword.web.TooMany;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * How much one network may say to one shop on its feedback page, and how often one address may be typed there; in bounded memory, each process for itself.
 * Generous, because the customers in a shop share one address. The network's address is never stored.
 */
@Component
class FeedbackLimits {
    private static final String USE = "feedback";

    private final Cache<String, Bucket> networks = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterAccess(Duration.ofMinutes(30))
            .build();

    private final Attempts attempts;
    private final int perMinute;
    private final int burst;

    FeedbackLimits(
            Attempts attempts,
            @Value("${afterword.web.feedback-per-minute:6}") int perMinute,
            @Value("${afterword.web.feedback-burst:40}") int burst) {
        this.attempts = attempts;
        this.perMinute = perMinute;
        this.burst = burst;
    }

    /** Counts one more form; an error when there were too many. */
    Mono<Void> count(String workspaceCode, ServerWebExchange exchange) {
        return Mono.defer(() -> {
            var bucket = networks.get(
                    workspaceCode + ' ' + Attempts.network(exchange),
                    _ -> Bucket.builder()
                            .addLimit(limit -> limit.capacity(burst).refillGreedy(perMinute, Duration.ofMinutes(1)))
                            .build());
            var probe = bucket.tryConsumeAndReturnRemaining(1);
            return probe.isConsumed()
                    ? Mono.empty()
                    : Mono.error(new TooMany(Duration.ofNanos(probe.getNanosToWaitForRefill())));
        });
    }

    /** Counts one more message for that address; an error when there were too many. */
    Mono<Void> count(String workspaceCode, String email, ServerWebExchange exchange) {
        return Mono.defer(() -> attempts.allowed(USE, workspaceCode + ' ' + email, exchange)
                ? Mono.empty()
                : Mono.error(new TooMany(Attempts.WINDOW)));
    }
}
