package dev.afterword.worker.message.incoming;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.message.incoming.ForgetIncoming;
import dev.afterword.db.message.incoming.TakeIncoming;
import dev.afterword.worker.Loop;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the mailbox to which mail comes back, where one is set up, and forgets what was read in time. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailboxSettings.class)
class MailboxLoops {
    private static final Duration BETWEEN_DELETIONS = Duration.ofMinutes(30);

    @Bean
    @ConditionalOnProperty("afterword.mail.incoming.host")
    Loop readMailboxLoop(
            MailboxSettings settings,
            TakeIncoming taking,
            DatabaseTime time,
            MeterRegistry meters,
            @Value("${afterword.mail.incoming.pause:30s}") Duration pause) {
        return new Loop("Reading the mailbox", pause, new ReadMailbox(settings, taking, time, meters)::round);
    }

    @Bean
    Loop forgetIncomingLoop(ForgetIncoming forgetting) {
        return new Loop("Forgetting mail that came back", BETWEEN_DELETIONS, forgetting::forget);
    }
}
