package dev.afterword.worker;

import dev.afterword.db.DatabaseActivity;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The gauge {@code afterword.database.oldest-transaction}, in seconds; looked at every few seconds, however often somebody reads it. */
@Component
class DatabaseMeasures implements SmartLifecycle {
    private static final Duration BETWEEN_MEASUREMENTS = Duration.ofSeconds(5);

    private final DatabaseActivity activity;
    private final Loop loop = new Loop("Measuring the database", BETWEEN_MEASUREMENTS, this::measure);
    private volatile double oldest;

    DatabaseMeasures(DatabaseActivity activity, MeterRegistry meters) {
        this.activity = activity;
        Gauge.builder("afterword.database.oldest-transaction", this, measures -> measures.oldest)
                .description("For how long the oldest transaction has been open")
                .baseUnit("seconds")
                .register(meters);
    }

    private Mono<Boolean> measure() {
        return activity.oldestTransaction().map(age -> {
            oldest = age.toMillis() / 1000.0;
            return false;
        });
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public void stop() {
        loop.stop();
    }

    @Override
    public void stop(Runnable callback) {
        loop.stop(callback);
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }
}
