package dev.afterword.web.start;

import dev.afterword.web.StartProblem;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Says which port is taken and which setting chooses another. */
final class PortInUseAnalyzer extends AbstractFailureAnalyzer<PortInUseException> implements Ordered {
    private final Environment environment;

    PortInUseAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable failure, PortInUseException cause) {
        var management = Integer.toString(cause.getPort()).equals(environment.getProperty("afterword.management.port"));
        return new FailureAnalysis(
                StartProblem.sentence(
                        "port-in-use",
                        Integer.toString(cause.getPort()),
                        management ? "afterword.management.port" : "server.port"),
                null,
                failure);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
