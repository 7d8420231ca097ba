package dev.afterword.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text that code and templates name is there, in every language that its file is kept in. */
class MessagesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of("db", "api", "worker", "web");
    private static final Set<String> LANGUAGES = Set.of("de", "pt", "ar");

    private static final Pattern PROBLEM =
            Pattern.compile("new (?:NotFound|Conflict|Rejected|Unavailable)\\(\\s*\"([a-z0-9.-]+)\"");
    /** {@code #{key}} and {@code #{key(…)}}; keys that are put together at run time begin with {@code ${} or {@code |}. */
    private static final Pattern TEMPLATE_KEY = Pattern.compile("#\\{([a-zA-Z][\\w.-]*)");

    private static final Pattern JAVA_KEY = Pattern.compile("getMessage\\(\\s*\"([\\w.-]*\\w)\"");
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d+)");

    @Test
    void everyProblemHasAText() throws IOException {
        assertThat(missing(PROBLEM, ".java", "problem.")).isEmpty();
    }

    @Test
    void everyTextThatATemplateNamesIsThere() throws IOException {
        assertThat(missing(TEMPLATE_KEY, ".html", "")).isEmpty();
    }

    @Test
    void everyTextThatCodeNamesIsThere() throws IOException {
        assertThat(missing(JAVA_KEY, ".java", "")).isEmpty();
    }

    @Test
    void aFileThatIsKeptInOneMoreLanguageIsKeptInAllAndSaysTheSameThere() throws IOException {
        var files = messageFiles().collect(Collectors.toMap(MessagesTest::name, file -> file));
        var translated = files.keySet().stream()
                .filter(name -> language(name) != null)
                .map(name -> name.substring(0, name.lastIndexOf('_')))
                .collect(Collectors.toCollection(TreeSet::new));

        for (var base : translated) {
            assertThat(files).as("English of " + base).containsKey(base);
            var english = load(files.get(base));
            for (var language : LANGUAGES) {
                var name = base + "_" + language;
                assertThat(files).containsKey(name);
                var other = load(files.get(name));
                assertThat(other.keySet()).as(name).isEqualTo(english.keySet());
                english.forEach((key, text) -> assertThat(arguments(other.get(key)))
                        .as(name + " " + key)
                        .isEqualTo(arguments(text)));
            }
        }
    }

    @Test
    void everyTextIsReadableAndNamedOnce() throws IOException {
        for (var file : messageFiles().toList()) {
            var seen = new TreeSet<String>();
            new OnceOnly(seen, file).read();
            load(file).forEach((key, text) -> {
                if (!arguments(text).isEmpty()) {
                    assertThatCode(() -> new MessageFormat(text))
                            .as(file + " " + key)
                            .doesNotThrowAnyException();
                    // A single quote hides what follows it from MessageFormat.
                    assertThat(text.replace("''", "")).as(file + " " + key).doesNotContain("'");
                } else {
                    // Without arguments a text is shown as it stands, quotes for MessageFormat and all.
                    assertThat(text).as(file + " " + key).doesNotContain("'{'", "''");
                }
            });
        }
    }

    @Test
    void everyFileOfTextsIsKnownToTheApplication() throws IOException {
        var settings = new Properties();
        try (var reader = Files.newBufferedReader(ROOT.resolve("web/src/main/resources/application.properties"))) {
            settings.load(reader);
        }
        var known = Set.of(settings.getProperty("spring.messages.basename").split("\\s*,\\s*"));

        assertThat(messageFiles()
                        .filter(file -> file.startsWith(ROOT.resolve("web")))
                        .map(MessagesTest::name)
                        .filter(name -> language(name) == null)
                        .map(name -> "messages/" + name)
                        .toList())
                .isSubsetOf(known);
    }

    private static Map<String, String> allTexts() throws IOException {
        var texts = new TreeMap<String, String>();
        messageFiles().filter(file -> language(name(file)) == null).forEach(file -> texts.putAll(load(file)));
        return texts;
    }

    private static Stream<Path> messageFiles() throws IOException {
        return sources(".properties")
                .filter(file -> file.getParent().endsWith("messages"))
                .sorted();
    }

    private static Stream<Path> sources(String ending) throws IOException {
        var files = new ArrayList<Path>();
        for (var module : MODULES) {
            try (var walk = Files.walk(ROOT.resolve(module).resolve("src/main"))) {
                walk.filter(file -> file.toString().endsWith(ending)).forEach(files::add);
            }
        }
        return files.stream();
    }

    /** What the pattern finds and nobody wrote a text for, and a file where. */
    private static Map<String, String> missing(Pattern pattern, String ending, String prefix) throws IOException {
        var texts = allTexts();
        var missing = new TreeMap<String, String>();
        for (var file : sources(ending).toList()) {
            pattern.matcher(Files.readString(file))
                    .results()
                    .map(match -> prefix + match.group(1))
                    .filter(key -> !texts.containsKey(key))
                    .forEach(key -> missing.put(key, ROOT.relativize(file).toString()));
        }
        return missing;
    }

    private static Map<String, String> load(Path file) {
        var properties = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var texts = new TreeMap<String, String>();
        properties.forEach((key, text) -> texts.put(key.toString(), text.toString()));
        return texts;
    }

    private static Set<String> arguments(String text) {
        return ARGUMENT.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".properties", "");
    }

    private static String language(String name) {
        var ending = name.substring(name.lastIndexOf('_') + 1);
        return LANGUAGES.contains(ending) && name.contains("_") ? ending : null;
    }

    /** Properties that complain of a key that comes twice. */
    private static final class OnceOnly extends Properties {
        private static final long serialVersionUID = 1L;

        private final transient Set<String> seen;
        private final transient Path file;

        OnceOnly(Set<String> seen, Path file) {
            this.seen = seen;
            this.file = file;
        }

        void read() throws IOException {
            try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                load(reader);
            }
        }

        @Override
        public synchronized Object put(Object key, Object text) {
            assertThat(seen.add(key.toString())).as(key + " twice in " + file).isTrue();
            return super.put(key, text);
        }
    }
}
