package dev.afterword.db.message.mail;

import dev.afterword.db.Money;
import dev.afterword.db.message.Letter.FirstQuestion;
import dev.afterword.db.workspace.Workspace;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of whom a mail goes to, as its places and blocks use it.
 *
 * @param language the customer's, BCP 47
 * @param name the contact's whole name
 * @param attributes the contact's
 * @param orderNumber the order as the shop calls it; null without one
 * @param lines of the order, in order
 * @param answers what was answered, as people read it, by question
 * @param gift null without a reward or goodwill
 * @param question null where nothing is asked
 * @param answerLink absolute, without a query; null where nothing is asked
 * @param unsubscribeLink absolute
 * @param promise what is promised for answering, in words; null for nothing
 * @param change what was done about something that they had said; null where nothing is told of it
 */
public record MailFacts(
        Workspace workspace,
        String language,
        @Nullable String name,
        Map<String, String> attributes,
        @Nullable String orderNumber,
        @Nullable Money orderTotal,
        List<Line> lines,
        Map<String, String> answers,
        @Nullable Gift gift,
        @Nullable FirstQuestion question,
        @Nullable String answerLink,
        String unsubscribeLink,
        @Nullable String promise,
        @Nullable Change change) {
    public MailFacts {
        attributes = Map.copyOf(attributes);
        lines = List.copyOf(lines);
        answers = Map.copyOf(answers);
    }

    /** Nothing is told of a change. */
    public MailFacts(
            Workspace workspace,
            String language,
            @Nullable String name,
            Map<String, String> attributes,
            @Nullable String orderNumber,
            @Nullable Money orderTotal,
            List<Line> lines,
            Map<String, String> answers,
            @Nullable Gift gift,
            @Nullable FirstQuestion question,
            @Nullable String answerLink,
            String unsubscribeLink,
            @Nullable String promise) {
        this(
                workspace,
                language,
                name,
                attributes,
                orderNumber,
                orderTotal,
                lines,
                answers,
                gift,
                question,
                answerLink,
                unsubscribeLink,
                promise,
                null);
    }

    /** What was done about a topic, in the customer's language where it is said in it. */
    public record Change(String topic, String words) {}

    /** Nothing is promised. */
    public MailFacts(
            Workspace workspace,
            String language,
            @Nullable String name,
            Map<String, String> attributes,
            @Nullable String orderNumber,
            @Nullable Money orderTotal,
            List<Line> lines,
            Map<String, String> answers,
            @Nullable String rewardCode,
            @Nullable FirstQuestion question,
            @Nullable String answerLink,
            String unsubscribeLink) {
        this(
                workspace,
                language,
                name,
                attributes,
                orderNumber,
                orderTotal,
                lines,
                answers,
                rewardCode == null ? null : new Gift(rewardCode, null, ""),
                question,
                answerLink,
                unsubscribeLink,
                null);
    }

    /**
     * A code.
     *
     * @param expires the last day on which it holds
     * @param offer what it is worth, in words
     */
    public record Gift(String code, @Nullable LocalDate expires, String offer) {}

    /** One line of the order. */
    public record Line(@Nullable String name, @Nullable String pictureUrl) {}
}
