package dev.afterword.api;

import dev.afterword.db.ConditionalOnRole;
import dev.afterword.db.DatabaseAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.PropertySource;

/** Runs the JSON API in processes with the role api. */
@AutoConfiguration(after = DatabaseAutoConfiguration.class)
@ConditionalOnRole("api")
@PropertySource("classpath:dev/afterword/api/api.properties")
@ComponentScan(basePackages = "dev.afterword.api")
public class ApiAutoConfiguration {}
