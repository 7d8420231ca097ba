package dev.afterword.db.response.topic;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** Words that are never suggested for a topic, by language, although the language's dictionary keeps them; they stand in a file beside this class. */
final class Fillers {
    private static final Map<String, Set<String>> BY_LANGUAGE = read();

    private Fillers() {}

    /** Whether a word, in small letters, says nothing of what an answer is about. */
    static boolean contain(String language, String word) {
        return BY_LANGUAGE.getOrDefault(language, Set.of()).contains(word);
    }

    private static Map<String, Set<String>> read() {
        var lists = new Properties();
        try (var file = new InputStreamReader(
                Objects.requireNonNull(Fillers.class.getResourceAsStream("fillers.properties")),
                StandardCharsets.UTF_8)) {
            lists.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lists.stringPropertyNames().stream()
                .collect(Collectors.toUnmodifiableMap(
                        language -> language,
                        language -> Set.of(lists.getProperty(language).split(" "))));
    }
}
