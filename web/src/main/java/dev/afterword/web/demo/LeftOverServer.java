package dev.afterword.web.demo;

import dev.afterword.web.StartProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The PostgreSQL that a killed process left running; ended only when it is one, and of this very folder. */
final class LeftOverServer {
    private LeftOverServer() {}

    /** Ends the server that runs on a data directory; the caller holds the folder's lock. */
    static void end(Path data) {
        find(data).ifPresent(LeftOverServer::end);
    }

    static Optional<ProcessHandle> find(Path data) {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(pidFile)) {
            return lines.findFirst()
                    .map(String::strip)
                    .filter(line -> line.matches("\\d{1,10}"))
                    .flatMap(line -> ProcessHandle.of(Long.parseLong(line)))
                    .filter(process -> isServerOf(process, data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isServerOf(ProcessHandle process, Path data) {
        var line = commandLine(process);
        return line.contains("postgres") && line.contains(data.toString());
    }

    /** The process's own words where the system tells them to anybody, else what Java knows. */
    private static String commandLine(ProcessHandle process) {
        var proc = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        try {
            return Files.isReadable(proc)
                    ? Files.readString(proc).replace('\0', ' ')
                    : process.info().commandLine().orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        if (!endsWithin(process, 15)) {
            process.destroyForcibly();
            if (!endsWithin(process, 15)) {
                throw new StartProblem("left-over", Long.toString(process.pid()));
            }
        }
    }

    private static boolean endsWithin(ProcessHandle process, int seconds) {
        try {
            process.onExit().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
