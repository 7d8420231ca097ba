package dev.afterword.worker.workspace;

import dev.afterword.worker.Loop;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks every two seconds for mail to staff. */
@Configuration(proxyBeanMethods = false)
class StaffMailLoop {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    @Bean
    Loop sendStaffMailLoop(SendStaffMail sendStaffMail) {
        return new Loop("Sending mail to staff", PAUSE, sendStaffMail::round);
    }
}
