package dev.afterword.worker.workspace;

import dev.afterword.db.workspace.ForgetOldData;
import dev.afterword.worker.Loop;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Forgets what workspaces do not want to keep any longer. */
@Configuration(proxyBeanMethods = false)
class RetentionLoop {
    private static final Duration BETWEEN_LOOKS = Duration.ofHours(6);

    @Bean
    Loop forgetOldDataLoop(ForgetOldData forgetOldData) {
        return new Loop("Forgetting what is kept no longer", BETWEEN_LOOKS, forgetOldData::round);
    }
}
