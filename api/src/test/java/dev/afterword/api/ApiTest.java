package dev.afterword.api;

import dev.afterword.db.DatabaseTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/** A test of the API over HTTP, on a real PostgreSQL. {@link ApiCalls} makes the calls. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = ApiTest.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.main.web-application-type=reactive",
            "spring.autoconfigure.exclude=org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration",
            "spring.messages.basename=messages/problem"
        })
@ContextConfiguration(initializers = DatabaseTest.FreshDatabase.class)
public @interface ApiTest {
    /** Nothing but the API's own auto-configuration and db's. */
    @Configuration
    @EnableAutoConfiguration
    @Import(ApiCalls.class)
    class Application {}
}
