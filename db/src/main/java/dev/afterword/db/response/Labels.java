package dev.afterword.db.response;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an answer is about, as rules and staff say. */
public record Labels(List<Label> topics, List<String> tags) {
    public Labels {
        topics = List.copyOf(topics);
        tags = List.copyOf(tags);
    }

    /**
     * A topic of an answer.
     *
     * @param rule the words that put it there; null where somebody did
     * @param staff who put it there; null where a rule did
     */
    public record Label(
            UUID id,
            String name,
            @Nullable String rule,
            @Nullable String staff) {}
}
