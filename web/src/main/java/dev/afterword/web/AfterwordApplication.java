package dev.afterword.web;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** The runnable application: everything else is an auto-configuration on its class path. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class AfterwordApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(AfterwordApplication.class, arguments);
    }
}
