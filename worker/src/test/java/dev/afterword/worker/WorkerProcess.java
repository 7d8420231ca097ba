package dev.afterword.worker;

import java.util.concurrent.CountDownLatch;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** A worker and nothing else; also the process that the kill test kills. */
@Configuration
@EnableAutoConfiguration
public class WorkerProcess {
    public static void main(String[] arguments) throws InterruptedException {
        var application = new SpringApplication(WorkerProcess.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.run(arguments);
        new CountDownLatch(1).await();
    }
}
