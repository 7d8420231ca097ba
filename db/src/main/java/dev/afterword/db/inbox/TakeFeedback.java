package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import dev.afterword.db.contact.Address;
import dev.afterword.db.contact.ContactData;
import dev.afterword.db.contact.ContactData.ConsentGiven;
import dev.afterword.db.contact.ContactData.Dating;
import dev.afterword.db.contact.ImportContacts;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.Events;
import dev.afterword.db.inbox.OpenCase.Opening;
import dev.afterword.db.workspace.Purpose;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Opens a case from what somebody says on the feedback page, and tells them by mail that it arrived.
 *
 * <p>An address that is typed proves nothing, so it opens nothing: the case carries the contact of that address only so that the answer reaches whoever owns
 * it. Nothing of the contact is shown to the visitor, and nothing of it is changed, not even the name. An order number counts only when the order is that
 * contact's. The visitor's own link to the case (see {@link CustomerCases}) never shows what the shop answers; the link in the mails does, because only the
 * owner of the address has it. An address that nobody had yet becomes a contact that gets the answer and neither tips nor news.
 */
@Component
public class TakeFeedback {
    private static final int USUAL_PRIORITY = 3;
    private static final String SOURCE = "feedback page";

    private final OpenCase openCase;
    private final Cases cases;
    private final CasePhotos photos;
    private final Events events;
    private final ImportContacts importContacts;
    private final ArrivalMail arrivalMail;
    private final DatabaseClient database;
    private final DatabaseTime time;
    private final Transactions transactions;

    TakeFeedback(
            OpenCase openCase,
            Cases cases,
            CasePhotos photos,
            Events events,
            ImportContacts importContacts,
            ArrivalMail arrivalMail,
            DatabaseClient database,
            DatabaseTime time,
            Transactions transactions) {
        this.openCase = openCase;
        this.cases = cases;
        this.photos = photos;
        this.events = events;
        this.importContacts = importContacts;
        this.arrivalMail = arrivalMail;
        this.database = database;
        this.time = time;
        this.transactions = transactions;
    }

    /** Whose it is, and about which order. */
    private record Whom(@Nullable UUID contactId, @Nullable UUID orderId) {
        static final Whom NOBODY = new Whom(null, null);
    }

    /** The case, which is the same when the same form comes twice. Otherwise {@code feedback.address-missing}: nobody could be answered. */
    public Mono<Case> take(Feedback said) {
        return time.now().flatMap(now -> whom(said, now).flatMap(whom -> transactions.run(open(said, whom, now))));
    }

    private Mono<Whom> whom(Feedback said, Instant now) {
        var order = said.orderId();
        return order == null
                ? byAddress(said, now)
                : ofOrder(said.workspaceId(), order)
                        .switchIfEmpty(Mono.defer(
                                () -> byAddress(said, now).map(whom -> new Whom(whom.contactId(), order))));
    }

    /** Whoever bought it, where they can be written to. */
    private Mono<Whom> ofOrder(UUID workspaceId, UUID orderId) {
        return database.sql("""
                        select c.id from customer_order o join contact c on c.workspace_id = $1 and c.id = o.contact_id
                        where o.workspace_id = $1 and o.id = $2 and c.address is not null
                        """)
                .bind(0, workspaceId)
                .bind(1, orderId)
                .mapValue(UUID.class)
                .one()
                .map(contact -> new Whom(contact, orderId));
    }

    private Mono<Whom> byAddress(Feedback said, Instant now) {
        var email = said.email();
        if (email == null) {
            return Feedback.needsAnswer(said.kind())
                    ? Mono.error(new Rejected("feedback.address-missing", "email"))
                    : Mono.just(Whom.NOBODY);
        }
        return known(said, email)
                .switchIfEmpty(Mono.defer(() -> importContacts
                        .write(said.workspaceId(), List.of(stranger(said, now)))
                        .then(known(said, email))))
                .defaultIfEmpty(Whom.NOBODY);
    }

    /** Of those with that address whoever placed the order; else the one that the shop has no id for, else the first. */
    private Mono<Whom> known(Feedback said, String email) {
        var typed = said.orderNumber() == null ? "" : said.orderNumber().strip();
        var numbers = Stream.of(typed, typed.replaceFirst("^[#№]\\s*", ""))
                .filter(number -> !number.isEmpty())
                .toArray(String[]::new);
        return database.sql("""
                        select c.id, o.id as order_id from contact c
                        left join customer_order o on o.workspace_id = $1 and o.contact_id = c.id and o.external_id = any($3)
                        where c.workspace_id = $1 and c.address = any($2)
                        order by (o.id is not null) desc, (c.external_id is null) desc, c.created_at, c.id limit 1
                        """)
                .bind(0, said.workspaceId())
                .bind(1, Address.spellings(email).toArray(String[]::new))
                .bind(2, numbers)
                .map((Readable row) -> new Whom(value(row, "id", UUID.class), row.get("order_id", UUID.class)))
                .one();
    }

    /** Somebody who only wrote to us has agreed to nothing else. */
    private static ContactData stranger(Feedback said, Instant now) {
        return new ContactData(
                null,
                said.email(),
                said.name(),
                said.language(),
                null,
                null,
                Map.of(),
                Stream.of(Purpose.TIPS, Purpose.NEWS)
                        .map(purpose -> new ConsentGiven(purpose, false, now, Dating.NAMED, SOURCE))
                        .toList(),
                null);
    }

    private Mono<Case> open(Feedback said, Whom whom, Instant now) {
        return openCase.open(
                        new Opening(
                                said.workspaceId(),
                                said.kind(),
                                Feedback.subject(said.words()),
                                whom.contactId(),
                                whom.orderId(),
                                null,
                                null,
                                "page",
                                "page:" + said.form(),
                                USUAL_PRIORITY,
                                null,
                                null,
                                null,
                                true,
                                null,
                                null),
                        now)
                .flatMap(opened -> cases.words(new Key(said.workspaceId(), said.form()))
                        .flatMap(words -> more(opened, said, words, now))
                        .switchIfEmpty(Mono.defer(() -> first(opened, said, now).thenReturn(true)))
                        .thenReturn(opened));
    }

    private Mono<Void> first(Case opened, Feedback said, Instant now) {
        var key = opened.key();
        return mail(opened, now)
                .flatMap(send -> cases.add(
                        new Addition(
                                key,
                                CaseEntry.Kind.SAID,
                                null,
                                said.whole(),
                                List.of(),
                                Map.of(),
                                null,
                                send.orElse(null),
                                null,
                                null),
                        said.form(),
                        CustomerCases.OPENED,
                        now))
                .then(photos.attach(key, said.form(), said.form()));
    }

    /** Whoever goes back, changes something and sends again has said that too; photos that they add belong to what they said. */
    private Mono<Boolean> more(Case opened, Feedback said, String before, Instant now) {
        var key = opened.key();
        var same = before.equals(said.whole());
        var entry = same ? said.form() : Cases.again(said.form(), said.whole());
        return (same
                        ? Mono.just(false)
                        : cases.add(Addition.said(key, said.whole(), null), entry, CustomerCases.OPENED, now))
                .flatMap(fresh -> fresh ? ourTurn(opened, now) : Mono.empty())
                .then(photos.attach(key, said.form(), entry))
                .thenReturn(true);
    }

    /** Where it goes on; what was taken for spam stays that. */
    private Mono<Void> ourTurn(Case found, Instant now) {
        var key = found.key();
        return switch (found.status()) {
            case OPEN, WAITING, CLOSED ->
                cases.ourTurn(key)
                        .flatMap(kind -> events.append(
                                Event.of(key.workspaceId(), kind, key.id(), found.contactId(), false, now)));
            case MERGED -> {
                var into = found.mergedInto();
                yield into == null
                        ? Mono.empty()
                        : cases.lock(new Key(key.workspaceId(), into)).flatMap(next -> ourTurn(next, now));
            }
            case SPAM -> Mono.empty();
        };
    }

    private Mono<Optional<UUID>> mail(Case opened, Instant now) {
        var contact = opened.contactId();
        return contact == null
                ? Mono.just(Optional.empty())
                : arrivalMail.plan(opened.key(), contact, opened.orderId(), now);
    }
}
