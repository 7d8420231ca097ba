package dev.afterword.worker.endpoint;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.endpoint.DeliveryQueue;
import dev.afterword.db.endpoint.EndpointHosts;
import dev.afterword.db.endpoint.RecordAttempt;
import dev.afterword.worker.Loop;
import dev.afterword.worker.PublicHttp;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Calls endpoints, takes back what dead workers held, and forgets what is old. Stopping waits for the answers that are still to come. */
@Component
class EndpointLoops implements SmartLifecycle {
    private static final Duration LONGEST_CALL = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** While answers come in there may be more for the same receiver. */
    private static final Duration BREATH = Duration.ofMillis(50);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(15);
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(30);

    private final InFlight inFlight = new InFlight();
    private final List<Loop> loops;

    EndpointLoops(
            DeliveryQueue queue,
            RecordAttempt recordAttempt,
            EndpointHosts hosts,
            DatabaseTime time,
            MeterRegistry meters) {
        var http = new PublicHttp(hosts::allows, LONGEST_CALL);
        var calling = new CallEndpoints(queue, recordAttempt, http, time, meters, inFlight);
        this.loops = List.of(
                new Loop(
                        "Calling endpoints", (more, took) -> more || !inFlight.none() ? BREATH : PAUSE, calling::round),
                new Loop(
                        "Finding deliveries that dead workers left",
                        BETWEEN_LOOKS,
                        () -> time.now().flatMap(queue::takeBackExpired).map(back -> back > 0)),
                new Loop(
                        "Forgetting old deliveries",
                        BETWEEN_SWEEPS,
                        () -> time.now()
                                .flatMap(now -> queue.forget(now.minus(KEPT)))
                                .map(forgotten -> forgotten > 0)));
    }

    @Override
    public void start() {
        loops.forEach(Loop::start);
    }

    @Override
    public void stop() {
        loops.forEach(Loop::stop);
    }

    @Override
    public void stop(Runnable callback) {
        Loop.stopAll(loops, () -> {
            var _ = inFlight.ended().whenComplete((nothing, error) -> callback.run());
        });
    }

    @Override
    public boolean isRunning() {
        return loops.stream().anyMatch(Loop::isRunning);
    }
}
