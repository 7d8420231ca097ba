package dev.afterword.worker.insight;

import dev.afterword.db.insight.UnsealAnswers;
import dev.afterword.worker.Loop;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Writes answers to anonymous surveys once there are enough of them. */
@Configuration(proxyBeanMethods = false)
class UnsealLoop {
    private static final Duration PAUSE = Duration.ofSeconds(20);

    @Bean
    Loop unsealAnswersLoop(UnsealAnswers unsealAnswers) {
        return new Loop("Writing anonymous answers", PAUSE, unsealAnswers::unseal);
    }
}
