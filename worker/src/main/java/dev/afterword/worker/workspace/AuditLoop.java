package dev.afterword.worker.workspace;

import dev.afterword.db.workspace.AuditLog;
import dev.afterword.worker.Loop;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts new entries of the audit logs into their lines, every two seconds. */
@Configuration(proxyBeanMethods = false)
class AuditLoop {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    @Bean
    Loop chainAuditLoop(AuditLog log) {
        return new Loop("Chaining the audit log", PAUSE, log::chain);
    }
}
