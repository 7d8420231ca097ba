package dev.afterword.web.response;

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
 * How many responses one network may begin at links of surveys, so that a program cannot fill a survey; in bounded memory, each process for itself. It is
 * generous, because the visitors of a shop or a fair share one address. The address is never stored.
 */
@Component
class Beginnings {
    private final Cache<String, Bucket> networks = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterAccess(Duration.ofMinutes(30))
            .build();

    private final int perMinute;
    private final int burst;

    Beginnings(
            @Value("${afterword.web.beginnings-per-minute:20}") int perMinute,
            @Value("${afterword.web.beginnings-burst:100}") int burst) {
        this.perMinute = perMinute;
        this.burst = burst;
    }

    /** Counts one more; an error when there were too many. */
    Mono<Void> count(ServerWebExchange exchange) {
        return Mono.defer(() -> {
            var bucket = networks.get(
                    Attempts.network(exchange),
                    _ -> Bucket.builder()
                            .addLimit(limit -> limit.capacity(burst).refillGreedy(perMinute, Duration.ofMinutes(1)))
                            .build());
            var probe = bucket.tryConsumeAndReturnRemaining(1);
            return probe.isConsumed()
                    ? Mono.empty()
                    : Mono.error(new TooMany(Duration.ofNanos(probe.getNanosToWaitForRefill())));
        });
    }
}
