package dev.afterword.api.insight;

import dev.afterword.db.response.topic.Topic;
import dev.afterword.db.response.topic.TopicChange;
import dev.afterword.db.response.topic.TopicRule;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A topic.
 *
 * @param owner the id of who sees to it
 * @param archivedAt since when it is put on no more answers
 */
@Schema(name = "Topic")
record TopicResponse(
        UUID id,
        int version,
        String name,
        @Nullable UUID owner,
        @Nullable Instant archivedAt,
        Instant createdAt) {
    static TopicResponse of(Topic topic) {
        return new TopicResponse(
                topic.key().id(),
                topic.version(),
                topic.name(),
                topic.ownerId(),
                topic.archivedAt(),
                topic.createdAt());
    }

    /** All topics. */
    @Schema(name = "Topics")
    record Page(List<TopicResponse> items, @Nullable String next) {}

    /**
     * Words that put it on answers.
     *
     * @param language of the answers that are read; empty for every language
     */
    @Schema(name = "TopicRule")
    record Rule(UUID id, String language, String words) {
        static Rule of(TopicRule rule) {
            return new Rule(rule.key().id(), rule.language(), rule.words());
        }
    }

    /** Its rules, the oldest first. */
    @Schema(name = "TopicRules")
    record Rules(List<Rule> items, @Nullable String next) {}

    /**
     * What was done about it.
     *
     * @param day from which on it holds
     * @param words by language
     * @param announcedAt when those who had said it were to be told
     */
    @Schema(name = "TopicChange")
    record Change(
            UUID id,
            LocalDate day,
            Map<String, String> words,
            @Nullable Instant announcedAt) {
        static Change of(TopicChange change) {
            return new Change(change.key().id(), change.day(), change.words(), change.announcedAt());
        }
    }

    /** What was done, the latest first. */
    @Schema(name = "TopicChanges")
    record Changes(List<Change> items, @Nullable String next) {}
}
