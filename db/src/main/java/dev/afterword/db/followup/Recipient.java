package dev.afterword.db.followup;

import dev.afterword.db.Money;
import dev.afterword.db.message.Letter;
import dev.afterword.db.message.SendKind;
import dev.afterword.db.message.mail.MailContent;
import dev.afterword.db.message.mail.MailFacts;
import dev.afterword.db.workspace.Workspace;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whom a mail goes to, and what it says.
 *
 * @param surveyVersionId of what it asks; null where it asks nothing
 * @param language what it is written in, BCP 47
 * @param origin the key of the follow-up, or api
 * @param content as somebody wrote it, or our own
 * @param gift the code that it may tell
 * @param promise what is promised for answering
 * @param kind of which some go out at any hour
 * @param caseId where an answer to it goes, wherever else answers go; null where it is of no case
 * @param inReplyTo the Message-ID of the customer's mail that it answers
 * @param change what was done about something that they had said
 */
record Recipient(
        UUID sendId,
        @Nullable UUID invitationId,
        @Nullable UUID surveyVersionId,
        String step,
        String purpose,
        String origin,
        String language,
        String email,
        @Nullable String name,
        ZoneId zone,
        Map<String, String> attributes,
        @Nullable String orderNumber,
        @Nullable Money orderTotal,
        List<MailFacts.Line> lines,
        Map<String, String> answers,
        MailContent content,
        MailFacts.@Nullable Gift gift,
        @Nullable String promise,
        SendKind kind,
        @Nullable UUID caseId,
        @Nullable String inReplyTo,
        MailFacts.@Nullable Change change) {

    MailFacts facts(
            Workspace workspace,
            Letter.@Nullable FirstQuestion question,
            @Nullable String answerLink,
            String unsubscribeLink) {
        return new MailFacts(
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
                change);
    }
}
