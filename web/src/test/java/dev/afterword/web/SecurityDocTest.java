package dev.afterword.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/security.md} to what is there: every requirement of the standard has its line, and what a line names exists. */
class SecurityDocTest {
    private static final Path DOC = Path.of("../docs/security.md");

    /** How many requirements of level 1 and 2 each section of OWASP ASVS 5.0.0 has; those of level 3 follow them. */
    private static final String SECTIONS = """
            1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4
            5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2
            8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3
            11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3
            15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2
            """;

    private static final Pattern ROW = Pattern.compile("^\\| V([0-9.]+) \\| (.+) \\| (.+) \\|$", Pattern.MULTILINE);
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)(?:#(\\w+))?`");
    private static final Pattern LINKED = Pattern.compile("\\]\\(([^)#:]+)\\)");

    @Test
    void hasALineForEachRequirement() throws IOException {
        var expected = Arrays.stream(SECTIONS.split("\\s+"))
                .map(section -> section.split(":"))
                .flatMap(section -> IntStream.rangeClosed(1, Integer.parseInt(section[1]))
                        .mapToObj(number -> section[0] + "." + number))
                .toList();
        assertThat(expected).hasSize(253);
        assertThat(ROW.matcher(Files.readString(DOC)).results().map(row -> row.group(1)))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void namesOnlyWhatIsThere() throws IOException {
        var classes = classes();
        var text = Files.readString(DOC);
        var missing = new ArrayList<String>();
        NAMED.matcher(text).results().forEach(named -> {
            var files = classes.getOrDefault(named.group(1), List.of());
            if (files.isEmpty()
                    || (named.group(2) != null
                            && files.stream().noneMatch(file -> read(file).contains(" " + named.group(2) + "(")))) {
                missing.add(named.group());
            }
        });
        LINKED.matcher(text)
                .results()
                .map(link -> link.group(1))
                .filter(link -> !Files.exists(DOC.resolveSibling(link)))
                .forEach(missing::add);
        assertThat(missing).isEmpty();
    }

    private static Map<String, List<Path>> classes() {
        return Stream.of("db", "api", "worker", "web")
                .map(module -> Path.of("..", module, "src"))
                .flatMap(SecurityDocTest::files)
                .filter(file -> file.toString().endsWith(".java"))
                .collect(Collectors.groupingBy(
                        file -> file.getFileName().toString().replace(".java", ""),
                        Collectors.mapping(Function.identity(), Collectors.toList())));
    }

    private static Stream<Path> files(Path folder) {
        try {
            return Files.walk(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
