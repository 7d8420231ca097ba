package dev.afterword.worker.response;

import dev.afterword.db.response.topic.ReadPast;
import dev.afterword.worker.Loop;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts topics on answers from before their rules, where staff asked for it. */
@Configuration(proxyBeanMethods = false)
class TopicLoop {
    private static final Duration PAUSE = Duration.ofSeconds(3);

    @Bean
    Loop readPastLoop(ReadPast readPast) {
        return new Loop("Reading the past for topics", PAUSE, readPast::round);
    }
}
