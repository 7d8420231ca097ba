package dev.afterword.web.start;

import dev.afterword.web.StartProblem;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/** Hands our own start problems to the reporter. */
final class StartProblemAnalyzer extends AbstractFailureAnalyzer<StartProblem> implements Ordered {
    @Override
    protected FailureAnalysis analyze(Throwable failure, StartProblem cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), null, failure);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
