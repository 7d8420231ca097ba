package dev.afterword.worker.order;

import dev.afterword.db.response.ImportUploads;
import dev.afterword.worker.Loop;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Imports uploaded files, one at a time in each process, also those that a process left behind. */
@Configuration(proxyBeanMethods = false)
class ImportLoop {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Bean
    Loop importUploadedFiles(ImportUploads uploads) {
        return new Loop("Importing uploaded files", PAUSE, uploads::next);
    }
}
