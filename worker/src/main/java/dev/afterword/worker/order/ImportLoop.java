package dev.afterword.worker.order;

import dev.afterword.db.response.ForgetFailures;
import dev.afterword.db.response.ImportUploads;
import dev.afterword.worker.Loop;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Imports uploaded files, one at a time in each process, also those that a process left behind, and forgets in time what their lines held. */
@Configuration(proxyBeanMethods = false)
class ImportLoop {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_DELETIONS = Duration.ofHours(6);

    @Bean
    Loop importUploadedFiles(ImportUploads uploads) {
        return new Loop("Importing uploaded files", PAUSE, uploads::next);
    }

    @Bean
    Loop forgetFailuresLoop(ForgetFailures forgetting) {
        return new Loop("Forgetting lines that failed", BETWEEN_DELETIONS, forgetting::forget);
    }
}
