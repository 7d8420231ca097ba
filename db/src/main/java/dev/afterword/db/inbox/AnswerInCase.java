package dev.afterword.db.inbox;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.Events;
import dev.afterword.db.inbox.OpenCase.Opening;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** A customer says more on the page of their case, as they could by mail: in the same case, even where it was closed not long ago, else in a new one. */
@Component
public class AnswerInCase {
    private final Cases cases;
    private final OpenCase openCase;
    private final CasePhotos photos;
    private final Events events;
    private final DatabaseTime time;
    private final Transactions transactions;

    AnswerInCase(
            Cases cases,
            OpenCase openCase,
            CasePhotos photos,
            Events events,
            DatabaseTime time,
            Transactions transactions) {
        this.cases = cases;
        this.openCase = openCase;
        this.photos = photos;
        this.events = events;
        this.time = time;
        this.transactions = transactions;
    }

    /**
     * The case in which it stands. Otherwise {@code feedback.words-missing}, {@code feedback.words-long}, {@code case.unknown}, or {@code case.merged} where
     * whoever opened it may not see the case in which it goes on.
     *
     * @param mailed whether they came by the link of a mail, see {@link CustomerCases}
     * @param form the form that they sent: the same form sent twice says it once, and both where its words were changed in between
     */
    public Mono<Key> answer(Key key, boolean mailed, UUID form, String typed) {
        var words = typed.strip();
        if (words.isEmpty()) {
            return Mono.error(new Rejected("feedback.words-missing", "words"));
        }
        if (words.length() > Feedback.LONGEST) {
            return Mono.error(new Rejected("feedback.words-long", "words", Feedback.LONGEST));
        }
        return time.now()
                .flatMap(now -> transactions.run(place(key, mailed)
                        .flatMap(found -> add(found, CustomerCases.goesOn(found, now), mailed, form, words, now))));
    }

    private Mono<Case> place(Key key, boolean mailed) {
        return cases.lock(key).flatMap(found -> switch (found.status()) {
            case OPEN, WAITING, CLOSED -> Mono.just(found);
            case SPAM -> Mono.error(new NotFound("case.unknown"));
            case MERGED -> {
                var into = found.mergedInto();
                yield mailed && into != null
                        ? place(new Key(key.workspaceId(), into), true)
                        : Mono.error(new Conflict("case.merged"));
            }
        });
    }

    private Mono<Key> add(Case found, boolean goesOn, boolean mailed, UUID form, String words, Instant now) {
        var page = mailed ? CustomerCases.MAILED : CustomerCases.OPENED;
        return (goesOn ? Mono.just(found) : anew(found, form, words, now)).flatMap(into -> {
            var key = into.key();
            return cases.add(Addition.said(key, words, null), form, page, now)
                    .flatMap(fresh -> fresh
                            ? (goesOn ? ourTurn(into, now) : Mono.<Void>empty()).thenReturn(form)
                            : more(into, form, words, page, now))
                    .flatMap(entry -> photos.attach(key, form, entry))
                    .thenReturn(key);
        });
    }

    /** The entry in which it stands: whoever goes back, changes something and sends again has said that too. */
    private Mono<UUID> more(Case into, UUID form, String words, String page, Instant now) {
        var entry = Cases.again(form, words);
        return cases.words(new Key(into.key().workspaceId(), form))
                .flatMap(before -> before.equals(words)
                        ? Mono.just(form)
                        : cases.add(Addition.said(into.key(), words, null), entry, page, now)
                                .flatMap(fresh -> fresh ? ourTurn(into, now) : Mono.empty())
                                .thenReturn(entry));
    }

    private Mono<Void> ourTurn(Case into, Instant now) {
        var key = into.key();
        return cases.ourTurn(key)
                .flatMap(kind ->
                        events.append(Event.of(key.workspaceId(), kind, key.id(), into.contactId(), false, now)));
    }

    private Mono<Case> anew(Case before, UUID form, String words, Instant now) {
        return openCase.open(
                new Opening(
                        before.key().workspaceId(),
                        CaseKind.QUESTION,
                        Feedback.subject(words),
                        before.contactId(),
                        before.orderId(),
                        null,
                        null,
                        "page",
                        "page:" + form,
                        3,
                        null,
                        null,
                        null,
                        true,
                        null,
                        null),
                now);
    }
}
