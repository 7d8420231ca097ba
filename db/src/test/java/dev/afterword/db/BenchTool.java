package dev.afterword.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program of the machine that a measurement is compared with. */
public final class BenchTool {
    private final Path program;

    private BenchTool(Path program) {
        this.program = program;
    }

    /** Finds the program where Debian puts it; a measurement without its limit is none, so a missing one fails. */
    public static BenchTool find(String name, String debianPackage) {
        var places = Stream.concat(
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                        .map(Path::of),
                Stream.of(
                        Path.of("/usr/sbin"),
                        Path.of("/usr/lib/postgresql/18/bin"),
                        Path.of("/usr/lib/postgresql/17/bin"),
                        Path.of("/usr/lib/postgresql/15/bin")));
        return places.map(place -> place.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(BenchTool::new)
                .orElseThrow(() -> new IllegalStateException(name + " is missing: apt-get install " + debianPackage));
    }

    /** Runs to the end and returns what was printed. */
    public String run(List<String> environment, Object... arguments) {
        try {
            var process = start(environment, arguments);
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(program + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public Process start(List<String> environment, Object... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(program.toString());
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        environment.forEach(pair -> builder.environment().put(pair.split("=", 2)[0], pair.split("=", 2)[1]));
        return builder.start();
    }

    /** The first number that the pattern's group finds in a program's output. */
    public static double number(String output, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in: " + output);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
