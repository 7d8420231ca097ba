package dev.afterword.worker.message;

import java.util.random.RandomGenerator;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How fast a process may send at most; {@code afterword.mail.rate.*}, in messages a second. */
@Configuration(proxyBeanMethods = false)
class Pacing {
    @Bean
    Throttle throttle(
            @Value("${afterword.mail.rate.sender:0}") double sender,
            @Value("${afterword.mail.rate.receiver:0}") double receiver) {
        return new Throttle(sender, receiver, RandomGenerator.getDefault());
    }
}
