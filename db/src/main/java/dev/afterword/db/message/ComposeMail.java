package dev.afterword.db.message;

import dev.afterword.db.message.mail.BuiltInMails;
import dev.afterword.db.message.mail.MailContent;
import dev.afterword.db.message.mail.MailFacts;
import dev.afterword.db.message.mail.MailTemplate;
import java.util.List;
import java.util.Map;

/** Writes a mail for one customer: subject, HTML and plain text from the same blocks. */
public final class ComposeMail {
    private ComposeMail() {}

    /** A mail that somebody wrote. */
    public static Mail compose(MailContent content, MailFacts facts) {
        return MailTemplate.compose(content, facts);
    }

    /** What somebody wrote in Markdown, as plain text, its places filled. */
    public static String words(String markdown, MailFacts facts) {
        return MailTemplate.words(markdown, facts);
    }

    /** The mail that asks or reminds, as long as nobody has written another. */
    public static Mail compose(Letter letter) {
        return compose(
                BuiltInMails.of(letter.kind()),
                new MailFacts(
                        letter.workspace(),
                        letter.language(),
                        letter.name(),
                        Map.of(),
                        letter.orderNumber(),
                        null,
                        List.of(),
                        Map.of(),
                        null,
                        letter.question(),
                        letter.answerLink(),
                        letter.unsubscribeLink()));
    }
}
