package dev.afterword.worker;

import dev.afterword.db.ConditionalOnRole;
import dev.afterword.db.DatabaseAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.ComponentScan;

/** Plans and sends in processes with the role worker. */
@AutoConfiguration(after = DatabaseAutoConfiguration.class)
@ConditionalOnRole("worker")
@ComponentScan(basePackages = "dev.afterword.worker")
public class WorkerAutoConfiguration {}
