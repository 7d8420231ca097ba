package dev.afterword.db;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfiguration;

/** A test of db with every repository and use case on a real PostgreSQL. Tests share the database and open workspaces of their own. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = DatabaseTest.Application.class, webEnvironment = WebEnvironment.NONE)
@ContextConfiguration(initializers = DatabaseTest.FreshDatabase.class)
public @interface DatabaseTest {
    /** Nothing but db's own auto-configuration. */
    @Configuration
    @EnableAutoConfiguration
    class Application {}

    /** Points the application context at a new database; for tests of the other modules too. */
    class FreshDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "fresh database",
                            Map.of(
                                    "afterword.database.url", TestDatabase.fresh(),
                                    "afterword.url", "https://feedback.example",
                                    "afterword.secret", "for tests only, thirty-two bytes.")));
        }

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }
    }
}
