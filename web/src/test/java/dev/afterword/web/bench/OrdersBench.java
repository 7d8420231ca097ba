package dev.afterword.web.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.BenchLine;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.TestDatabase;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.workspace.ApiKeys;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.web.AfterwordApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestExecutionListeners;
import org.springframework.test.context.support.DependencyInjectionTestExecutionListener;

/** Orders imported over HTTP a second, against COPY of the same rows into tables with the same keys and indexes. */
@SpringBootTest(
        classes = AfterwordApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"afterword.roles=api,web", "spring.main.banner-mode=off"})
// Without the listener of Spring Security’s tests, which wraps every reactive step of the process.
@TestExecutionListeners(DependencyInjectionTestExecutionListener.class)
@ContextConfiguration(initializers = DatabaseTest.FreshDatabase.class)
class OrdersBench {
    private static final int ORDERS = 40_000;
    private static final List<String> TABLES = List.of("contact", "customer_order", "order_line", "event");

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    ApiKeys apiKeys;

    @Autowired
    Environment environment;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    @Test
    void importsOrders() throws IOException, SQLException, InterruptedException {
        var workspace = openWorkspace
                .open(Workspace.open(Key.nextId(), "Bench", ZoneOffset.UTC, "en", Instant.now()))
                .block();
        var secret = apiKeys.create(workspace, "bench", null).block().secret();

        importLines(secret, lines("warm", 5_000));
        var file = lines("o", ORDERS);
        var started = Instant.now();
        var result = importLines(secret, file);
        var ours = ORDERS / seconds(started);
        assertThat(result).contains("\"created\":" + ORDERS).contains("\"failed\":0");

        BenchLine.print(
                "orders-imported-per-second", ours, copy(environment.getRequiredProperty("afterword.database.url")));
    }

    private double copy(String url) throws SQLException, IOException {
        try (var connection = TestDatabase.connect(url);
                var statement = connection.createStatement()) {
            var copies = new CopyManager(connection.unwrap(BaseConnection.class));
            for (var table : TABLES) {
                try (var out = Files.newOutputStream(folder.resolve(table))) {
                    copies.copyOut("copy " + table + " to stdout", out);
                }
                statement.execute("create table copy_of_" + table + " (like " + table + " including all)");
            }
            var started = Instant.now();
            for (var table : TABLES) {
                try (var in = Files.newInputStream(folder.resolve(table))) {
                    copies.copyIn("copy copy_of_" + table + " from stdin", in);
                }
            }
            return (ORDERS + 5_000) / seconds(started);
        }
    }

    private String importLines(String secret, Path file) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/imports/orders"))
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofFile(file))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private Path lines(String prefix, int orders) throws IOException {
        var file = folder.resolve(prefix + ".ndjson");
        try (var out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < orders; i++) {
                out.write(String.format(Locale.ROOT, """
                        {"externalId":"%1$s-%2$d","status":"delivered","placedAt":"2026-07-09T21:57:05Z","shippedAt":"2026-07-11T14:58:04Z","deliveredAt":"2026-07-26T10:57:55Z","promisedAt":"2026-08-01T23:59:59Z","total":{"amount":"141.46","currency":"EUR"},"channel":"web","country":"DE","customer":{"externalId":"%1$s-c%3$d","email":"%1$s%3$d@example.com","name":"Customer %3$d","locale":"de-DE","timeZone":"Europe/Berlin"},"lines":[{"externalId":"1","sku":"kettle","name":"Kettle","category":"kitchen","quantity":1,"unitPrice":"99.00"},{"externalId":"2","sku":"cup","name":"Cup","category":"kitchen","quantity":2,"unitPrice":"21.23"}]}
                        """, prefix, i, i * 3 / 4));
            }
        }
        return file;
    }

    private static double seconds(Instant started) {
        return Duration.between(started, Instant.now()).toNanos() / 1e9;
    }
}
