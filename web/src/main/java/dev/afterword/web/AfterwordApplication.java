package dev.afterword.web;

import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** The runnable application: everything else is an auto-configuration on its class path. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class AfterwordApplication {
    public static void main(String[] arguments) {
        if (Arrays.stream(arguments).noneMatch(argument -> argument.startsWith("--afterword.command="))) {
            SpringApplication.run(AfterwordApplication.class, arguments);
            return;
        }
        // A command runs beside the processes that serve: on ports of its own, with nothing to do but itself.
        var alone = Stream.concat(
                        Arrays.stream(arguments),
                        Stream.of(
                                "--afterword.roles=web",
                                "--server.address=127.0.0.1",
                                "--server.port=0",
                                "--afterword.management.port=0"))
                .toArray(String[]::new);
        System.exit(SpringApplication.exit(SpringApplication.run(AfterwordApplication.class, alone)));
    }
}
