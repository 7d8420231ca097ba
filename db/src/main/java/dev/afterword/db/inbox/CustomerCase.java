package dev.afterword.db.inbox;

import dev.afterword.db.Key;
import dev.afterword.db.message.attachment.Attachment;
import dev.afterword.db.workspace.Workspace;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A case as its customer sees it: what they said, what was answered by mail, and how far it is.
 *
 * @param mailed whether they came by the link of a mail, and so own the address
 * @param elsewhere it goes on in another case, which only the owner of the address may see
 * @param goesOn whether what they say now stands in this case; otherwise a new one is opened
 * @param answered whether somebody waits for an answer at the address, whoever that is
 * @param told whether a mail tells them that it arrived
 * @param language in which the shop writes to them, where it knows that of them; null for who did not come by a mail
 * @param answerBy when they hear of the shop; null where it is not the shop's turn or nothing is promised
 */
public record CustomerCase(
        Workspace workspace,
        Key key,
        CaseKind kind,
        CaseStatus status,
        boolean mailed,
        boolean elsewhere,
        boolean goesOn,
        boolean answered,
        boolean told,
        @Nullable String language,
        @Nullable Instant answerBy,
        List<Part> parts) {
    public CustomerCase {
        parts = List.copyOf(parts);
    }

    /**
     * Something that was said or happened.
     *
     * @param what said, reply, closed or opened
     * @param who the first name of the staff member who answered; null for anybody else
     */
    public record Part(
            String what,
            @Nullable String who,
            String words,
            List<CasePhoto> photos,
            List<Attachment> files,
            Instant at) {
        public Part {
            photos = List.copyOf(photos);
            files = List.copyOf(files);
        }
    }
}
