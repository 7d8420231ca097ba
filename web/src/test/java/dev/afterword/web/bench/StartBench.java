package dev.afterword.web.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.BenchLine;
import dev.afterword.db.TestDatabase;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the start of the process to the first page, and the memory it then takes, in the layout that docs/running.md gives for real use. */
class StartBench {
    private static final double SECONDS_LIMIT = 5;
    private static final double MEGABYTES_LIMIT = 300;
    private static final int ROUNDS = 3;

    @TempDir
    Path folder;

    @Test
    void startsExtractedWithAnAotCache() throws IOException, InterruptedException {
        var url = TestDatabase.fresh();
        java("-Djarmode=tools", "-jar", jar().toString(), "extract", "--destination", "afterword")
                .waitFor();
        train(url);

        var seconds = new ArrayList<Double>();
        var megabytes = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            int port = freePort();
            var started = Instant.now();
            var process = java(arguments(url, port, "-XX:AOTCache=afterword.aot"));
            awaitFirstPage(process, port);
            seconds.add(Duration.between(started, Instant.now()).toNanos() / 1e9);
            megabytes.add(residentMegabytes(process));
            process.destroy();
            assertThat(process.waitFor()).isEqualTo(143);
        }
        seconds.sort(null);
        megabytes.sort(null);
        BenchLine.print("start-to-first-page-seconds", seconds.get(ROUNDS / 2), SECONDS_LIMIT);
        BenchLine.print("resident-megabytes-after-start", megabytes.get(ROUNDS / 2), MEGABYTES_LIMIT);
    }

    private void train(String url) throws IOException, InterruptedException {
        int port = freePort();
        var training = java(arguments(url, port, "-XX:AOTCacheOutput=afterword.aot"));
        awaitFirstPage(training, port);
        training.destroy();
        assertThat(training.waitFor()).isEqualTo(143);
    }

    private String[] arguments(String url, int port, String... options) throws IOException {
        var arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx200m",
                "-jar",
                "afterword/" + jar().getFileName(),
                "--afterword.database.url=" + url,
                "--afterword.url=https://feedback.example",
                "--afterword.secret=for benchmarks only, 32 bytes at least",
                "--afterword.management.port=" + freePort(),
                "--server.port=" + port));
        return arguments.toArray(new String[0]);
    }

    private Process java(String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private void awaitFirstPage(Process process, int port) throws IOException, InterruptedException {
        while (process.isAlive()) {
            try {
                var connection = (HttpURLConnection)
                        URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection();
                if (connection.getResponseCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                Thread.sleep(20);
            }
        }
        throw new IllegalStateException(Files.readString(folder.resolve("log")));
    }

    private static double residentMegabytes(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    private static Path jar() throws IOException {
        try (var files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("afterword-web-.*(?<!-tests)\\.jar"))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
