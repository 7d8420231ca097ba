package dev.afterword.worker.message;

import dev.afterword.db.message.SendQueue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** The gauge {@code afterword.sends.oldest-due}: for how long the oldest message that is due has been due. Outcomes are counted in {@code afterword.sends}. */
class SendMeasures {
    private final SendQueue queue;
    private volatile double seconds;

    SendMeasures(SendQueue queue, MeterRegistry meters) {
        this.queue = queue;
        Gauge.builder("afterword.sends.oldest-due", this, measures -> measures.seconds)
                .description("Age of the oldest message that is due, 0 when none is")
                .baseUnit("seconds")
                .register(meters);
    }

    Mono<Boolean> measure(Instant now) {
        return queue.oldestDue(now)
                .map(due -> Duration.between(due, now).toMillis() / 1000.0)
                .defaultIfEmpty(0.0)
                .map(age -> {
                    seconds = age;
                    return false;
                });
    }
}
