package dev.afterword.db.response.topic;

import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Words that put a topic on answers in which they stand: one word in whatever form, several one after another, or the beginning of one with a star behind it.
 *
 * @param language of the answers that it reads; empty for every language, word by word as it stands there
 */
public record TopicRule(Key key, UUID topicId, String language, String words) {
    static final int LONGEST = 80;

    public TopicRule {
        words = words.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        language = Dictionary.language(language);
        if (words.isEmpty()) {
            throw new Rejected("field.required", "words");
        }
        if (words.length() > LONGEST) {
            throw new Rejected("field.too-long", "words", LONGEST);
        }
        if (!words.matches(".*[\\p{L}\\p{N}].*")) {
            throw new Rejected("topic.words-none", "words");
        }
    }

    /** For to_tsquery: each word quoted, so that nothing in it is read as an operator. */
    String query() {
        return Arrays.stream(words.split(" ", -1))
                .filter(word -> word.matches(".*[\\p{L}\\p{N}].*"))
                .map(word -> "'" + word.replace("\\", " ").replace("'", "''").replaceFirst("\\*$", "") + "'"
                        + (word.endsWith("*") ? ":*" : ""))
                .collect(Collectors.joining(" <-> "));
    }
}
