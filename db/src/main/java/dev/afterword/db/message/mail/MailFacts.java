package dev.afterword.db.message.mail;

import dev.afterword.db.Money;
import dev.afterword.db.message.Letter.FirstQuestion;
import dev.afterword.db.workspace.Workspace;
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
 * @param rewardCode null without a reward
 * @param question null where nothing is asked
 * @param answerLink absolute, without a query; null where nothing is asked
 * @param unsubscribeLink absolute
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
        @Nullable String rewardCode,
        @Nullable FirstQuestion question,
        @Nullable String answerLink,
        String unsubscribeLink) {
    public MailFacts {
        attributes = Map.copyOf(attributes);
        lines = List.copyOf(lines);
        answers = Map.copyOf(answers);
    }

    /** One line of the order. */
    public record Line(@Nullable String name, @Nullable String pictureUrl) {}
}
