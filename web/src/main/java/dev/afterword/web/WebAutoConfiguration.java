package dev.afterword.web;

import dev.afterword.db.ConditionalOnRole;
import dev.afterword.db.DatabaseAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/** Serves the pages in processes with the role web. */
@AutoConfiguration(after = DatabaseAutoConfiguration.class)
@ConditionalOnRole("web")
@ComponentScan(
        basePackages = "dev.afterword.web",
        excludeFilters =
                @ComponentScan.Filter(type = FilterType.REGEX, pattern = "dev\\.afterword\\.web\\.(demo|start)\\..*"))
public class WebAutoConfiguration {}
