package dev.afterword.worker.message;

import dev.afterword.db.message.stop.StopHarmfulSteps;
import dev.afterword.worker.Loop;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Stops steps that do harm, within a minute of the news. */
@Configuration(proxyBeanMethods = false)
class StopLoop {
    private static final Logger LOG = LoggerFactory.getLogger(StopLoop.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    /** Longer than the pause, so that a round that failed is made good. */
    private static final Duration LATELY = Duration.ofHours(1);

    @Bean
    Loop stopHarmfulStepsLoop(StopHarmfulSteps stopHarmfulSteps, MeterRegistry meters) {
        return new Loop(
                "Stopping steps that do harm",
                PAUSE,
                () -> stopHarmfulSteps.stop(LATELY).map(stopped -> {
                    if (stopped > 0) {
                        LOG.warn(
                                "{} steps of follow-ups were stopped because too much of their mail came back",
                                stopped);
                        meters.counter("afterword.steps.stopped").increment(stopped);
                    }
                    return false;
                }));
    }
}
