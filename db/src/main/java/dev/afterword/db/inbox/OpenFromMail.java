package dev.afterword.db.inbox;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import dev.afterword.db.inbox.OpenCase.Opening;
import dev.afterword.db.message.incoming.UnmatchedMail;
import dev.afterword.db.message.incoming.UnmatchedMails;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes a case of a mail of which none was made, because somebody has looked at it. */
@Component
public class OpenFromMail {
    private final UnmatchedMails mails;
    private final OpenCase openCase;
    private final Cases cases;
    private final DatabaseTime time;
    private final Transactions transactions;

    OpenFromMail(UnmatchedMails mails, OpenCase openCase, Cases cases, DatabaseTime time, Transactions transactions) {
        this.mails = mails;
        this.openCase = openCase;
        this.cases = cases;
        this.time = time;
        this.transactions = transactions;
    }

    /** Nobody is told by mail that it arrived: it may be a machine that wrote. Otherwise {@code unmatched-mail.unknown}, {@code unmatched-mail.no-sender} or {@code unmatched-mail.erased}. */
    public Mono<Case> open(Key key, UUID staffId) {
        return time.now()
                .flatMap(now -> mails.find(key).flatMap(mail -> {
                    if (mail.sender() == null) {
                        return Mono.error(new Rejected("unmatched-mail.no-sender", "mail"));
                    }
                    return mails.contact(mail, now)
                            .flatMap(contact -> transactions.run(open(mail, contact, staffId, now)));
                }));
    }

    private Mono<Case> open(UnmatchedMail mail, UUID contact, UUID staffId, Instant now) {
        return openCase.open(
                        new Opening(
                                mail.key().workspaceId(),
                                CaseKind.QUESTION,
                                mail.subject().isBlank() ? "…" : mail.subject(),
                                contact,
                                null,
                                null,
                                null,
                                "mail",
                                "unmatched:" + mail.key().id(),
                                3,
                                null,
                                null,
                                null,
                                true,
                                null,
                                staffId),
                        now)
                .flatMap(opened -> mails.take(mail.key(), contact, opened.key().id())
                        .flatMap(incoming -> cases.add(
                                Addition.said(opened.key(), TakeReplies.words(mail.words()), incoming),
                                mail.receivedAt()))
                        .thenReturn(opened));
    }
}
