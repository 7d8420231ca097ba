package dev.afterword.web.insight;

import dev.afterword.db.Leaf;
import dev.afterword.db.response.topic.Standout;
import dev.afterword.db.response.topic.Topic;
import dev.afterword.db.response.topic.TopicRule;
import dev.afterword.db.response.topic.Topics;
import dev.afterword.db.workspace.Membership;
import dev.afterword.web.ResponseView;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the page of one topic shows.
 *
 * @param figures of the last days; null where it has none yet
 * @param owner who sees to it; null for nobody
 * @param past how far the past was read; null where nobody asked
 * @param staff who can see to it
 * @param languages that words can be of
 * @param spoken the languages in which customers are told, the workspace's first
 */
record OneTopicView(
        Topic topic,
        TopicView.@Nullable Line figures,
        TopicView all,
        @Nullable String owner,
        List<TopicRule> rules,
        List<Standout> suggested,
        Topics.@Nullable Past past,
        List<Membership> staff,
        Leaf<ResponseView> answers,
        List<String> languages,
        List<ChangeLine> changes,
        List<String> spoken) {
    static @Nullable String owner(Topic topic, List<Membership> staff) {
        return staff.stream()
                .filter(one -> one.staffId().equals(topic.ownerId()))
                .map(Membership::name)
                .findFirst()
                .orElse(null);
    }

    static Topics.@Nullable Past past(Optional<Topics.Past> past) {
        return past.orElse(null);
    }
}
