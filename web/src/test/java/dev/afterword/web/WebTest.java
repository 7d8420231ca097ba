package dev.afterword.web;

import dev.afterword.db.DatabaseTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/** A test of pages on a real server at {@code ${local.server.port}} with a real database; {@link TestStaff} opens workspaces and signs in. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = AfterwordApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "afterword.roles=api,web",
            "afterword.api.burst=10000",
            "management.server.port=0",
            "afterword.sign-in.allowed-hosts=localhost"
        })
@ContextConfiguration(initializers = DatabaseTest.FreshDatabase.class)
@Import({TestStaff.class, TestRecords.class})
public @interface WebTest {}
