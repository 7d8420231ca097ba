package dev.afterword.worker.insight;

import dev.afterword.db.insight.RollUp;
import dev.afterword.worker.Loop;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Computes roll-ups soon after answers arrived: what staff see of a new answer is about a second old. */
@Configuration(proxyBeanMethods = false)
class RollUpLoop {
    private static final Duration PAUSE = Duration.ofMillis(500);

    @Bean
    Loop rollUpAnswers(RollUp rollUp) {
        return new Loop("Rolling up answers", PAUSE, rollUp::compute);
    }
}
