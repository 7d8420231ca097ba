package dev.afterword.db.response.topic;

import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the shop did about a topic.
 *
 * @param day from which on it holds
 * @param words what was done, by language
 * @param by the name of who said so; null where they are gone
 * @param announcedAt when those who had said it were to be told
 */
public record TopicChange(
        Key key,
        UUID topicId,
        LocalDate day,
        Map<String, String> words,
        @Nullable String by,
        @Nullable Instant announcedAt) {
    static final int LONGEST = 500;

    public TopicChange {
        var kept = new TreeMap<String, String>();
        words.forEach((language, text) -> {
            if (!text.isBlank()) {
                kept.put(language, text.strip());
            }
        });
        if (kept.values().stream().anyMatch(text -> text.length() > LONGEST)) {
            throw new Rejected("field.too-long", "words", LONGEST);
        }
        words = Map.copyOf(kept);
    }

    /** In that language, else in the workspace's. */
    public String words(String language, String otherwise) {
        var text = words.get(Dictionary.language(language));
        return text == null ? words.getOrDefault(otherwise, "") : text;
    }
}
