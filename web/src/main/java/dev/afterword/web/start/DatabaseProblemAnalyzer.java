package dev.afterword.web.start;

import dev.afterword.web.StartProblem;
import org.flywaydb.core.api.FlywayException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/** Says why the migrations could not run, when the database itself was fine a moment before. */
final class DatabaseProblemAnalyzer extends AbstractFailureAnalyzer<FlywayException> implements Ordered {
    @Override
    protected FailureAnalysis analyze(Throwable failure, FlywayException cause) {
        return new FailureAnalysis(
                StartProblem.sentence(
                        "migration", String.valueOf(cause.getMessage()).strip().replaceAll("\\s+", " ")),
                null,
                failure);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
