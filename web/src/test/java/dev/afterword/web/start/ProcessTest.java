package dev.afterword.web.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.TestDatabase;
import dev.afterword.web.AfterwordApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class ProcessTest {
    private final String database = TestDatabase.fresh();
    private final int port = freePort();
    private final int management = freePort();

    @Test
    void checksTheAuditLogsAsACommand() {
        try (var process = start("--afterword.command=check-audit", "--afterword.roles=web")) {
            assertThat(SpringApplication.exit(process)).isZero();
        }
    }

    @Test
    void allowsPasswordsAgainAsACommandInAWorkspaceThatIsThere(CapturedOutput output) {
        try (var process = start(
                "--afterword.command=allow-passwords", "--afterword.workspace=aaaaaaaa", "--afterword.roles=web")) {
            assertThat(SpringApplication.exit(process)).isEqualTo(1);
        }
        assertThat(output).contains("There is no workspace “aaaaaaaa”");
    }

    @Test
    void canBeWatchedOnItsManagementPortAndNowhereElse() throws Exception {
        try (var process = start()) {
            assertThat(get(management, "/actuator/health/liveness").body()).contains("\"UP\"");
            assertThat(get(management, "/actuator/health/readiness").body()).contains("\"r2dbc\"");
            assertThat(get(management, "/actuator/prometheus").body())
                    .contains(
                            "afterword_events_lag",
                            "afterword_events_set_aside",
                            "afterword_database_oldest_transaction_seconds",
                            "r2dbc_pool_acquired_connections{name=\"mainConnections\"}");
            assertThat(get(management, "/actuator/env").statusCode()).isEqualTo(404);
            assertThat(get(port, "/actuator/health").statusCode()).isNotEqualTo(200);
            assertThat(process.isRunning()).isTrue();
        }
    }

    @Test
    void opensNoPortForOthersWhenItOnlyWorks() throws Exception {
        try (var process = start("--afterword.roles=worker")) {
            assertThat(get(management, "/actuator/health/readiness").statusCode())
                    .isEqualTo(200);
            assertThat(get(management, "/actuator/prometheus").body()).contains("afterword_events_lag");
            assertThat(get(management, "/").statusCode()).isIn(401, 404);
            assertThat(get(management, "/webjars/htmx.org/2.0.10/dist/htmx.min.js")
                            .statusCode())
                    .isIn(401, 404);
            assertThatThrownBy(() -> get(port, "/")).isInstanceOf(ConnectException.class);
            assertThat(process.isRunning()).isTrue();
        }
    }

    @Test
    void showsTheFirstOwnersLinkWhileThereIsNoStaff(CapturedOutput output) {
        start().close();

        assertThat(output.getOut()).containsPattern("https://feedback\\.example/welcome/[a-z2-7]{40,}");
    }

    private ConfigurableApplicationContext start(String... more) {
        var application = new SpringApplication(AfterwordApplication.class);
        application.setRegisterShutdownHook(false);
        return application.run(Stream.concat(
                        Stream.of(
                                "--afterword.database.url=" + database,
                                "--afterword.url=https://feedback.example",
                                "--afterword.secret=for tests only, thirty-two bytes.",
                                "--server.port=" + port,
                                "--afterword.management.port=" + management),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
