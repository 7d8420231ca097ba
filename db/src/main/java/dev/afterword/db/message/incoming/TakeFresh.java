package dev.afterword.db.message.incoming;

import dev.afterword.db.Columns;
import dev.afterword.db.contact.Address;
import dev.afterword.db.contact.ContactData;
import dev.afterword.db.contact.ContactData.ConsentGiven;
import dev.afterword.db.contact.ContactData.Dating;
import dev.afterword.db.contact.ImportContacts;
import dev.afterword.db.message.incoming.MailIntakes.Place;
import dev.afterword.db.message.incoming.MatchIncoming.Match;
import dev.afterword.db.workspace.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * What people write to a support address of their own accord: whether it is taken in, and whose it is. An address that nobody had yet becomes a contact that
 * gets the answer and neither tips nor news.
 */
@Component
class TakeFresh {
    /** So much is taken within an hour of one sender, and of answers that carry a token of ours, of one contact. */
    static final int MOST = 20;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SAME = Duration.ofDays(7);
    private static final int LONGEST_NAME = 100;
    private static final String SOURCE = "mail";
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s@<>(),;:\"\\\\]{1,64}@[^\\s@<>(),;:\"\\\\]+\\.[^\\s@<>(),;:\"\\\\]+");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}][\\p{L}\\p{M}\\p{N} .'’,&-]*");

    private final MailIntakes intakes;
    private final ImportContacts importContacts;
    private final DatabaseClient database;

    TakeFresh(MailIntakes intakes, ImportContacts importContacts, DatabaseClient database) {
        this.intakes = intakes;
        this.importContacts = importContacts;
        this.database = database;
    }

    /** Why no case is made of it; empty where one is. */
    Mono<WhyNoCase> refused(Incoming incoming, Optional<Place> place, Instant now) {
        if (incoming.notices().isEmpty()) {
            return Mono.just(WhyNoCase.UNREADABLE);
        }
        if (!incoming.byPerson()) {
            return Mono.just(ofMachine(incoming));
        }
        var sender = sender(incoming);
        if (sender == null) {
            return Mono.just(WhyNoCase.NO_SENDER);
        }
        if (place.isEmpty()) {
            return Mono.just(WhyNoCase.NOBODY);
        }
        return intakes.ours(place.get().workspaceId(), sender)
                .flatMap(ours ->
                        Mono.justOrEmpty(ours ? WhyNoCase.OWN : place.get().on() ? null : WhyNoCase.OFF));
    }

    static WhyNoCase ofMachine(Incoming incoming) {
        return TakeIncoming.decisive(incoming.notices()).kind() == NoticeKind.AUTOMATIC
                ? WhyNoCase.AUTOMATIC
                : WhyNoCase.REPORT;
    }

    /** Whether the same message was taken before, from the mailbox or by another of our addresses. */
    Mono<Boolean> known(UUID workspaceId, byte[] digest, Incoming incoming, Instant now) {
        return database.sql("""
                        select 1 from incoming_message m where m.workspace_id = $1 and m.digest = $2
                        union all
                        select 1 from incoming_message m
                        where m.workspace_id = $1 and m.message_id = $3 and m.sender = $4 and m.words = $5 and m.received_at > $6
                        limit 1
                        """)
                .bind(0, workspaceId)
                .bind(1, digest)
                .bind(2, Objects.requireNonNullElse(incoming.messageId(), ""))
                .bind(3, Objects.requireNonNullElse(sender(incoming), ""))
                .bind(4, TakeIncoming.clean(Objects.requireNonNullElse(incoming.words(), "")))
                .bind(5, now.minus(SAME))
                .mapValue(Integer.class)
                .one()
                .hasElement();
    }

    /**
     * Whether too much came lately: two machines that answer each other end here. What carries a token of ours counts for the one to whom that was written, and
     * apart from the rest, so that nobody who only claims to be them uses up what they may answer.
     */
    Mono<Boolean> tooMuch(Match match, Incoming incoming, Instant now) {
        var lately = match.by().proven()
                ? database.sql("""
                                select count(*) >= $4 from incoming_message m
                                where m.workspace_id = $1 and m.contact_id = $2 and m.received_at > $3 and m.kind = 'reply' and m.matched_by in ('token', 'message-id', 'link')
                                """).bind(1, match.contactId())
                : database.sql("""
                                select count(*) >= $4 from incoming_message m
                                where m.workspace_id = $1 and m.sender = $2 and m.received_at > $3 and m.kind = 'reply' and m.matched_by in ('thread', 'sender', 'address')
                                """).bind(1, Objects.requireNonNullElse(sender(incoming), ""));
        return lately.bind(0, match.workspaceId())
                .bind(2, now.minus(HOUR))
                .bind(3, MOST)
                .mapValue(Boolean.class)
                .one();
    }

    /** Whoever has that address; somebody new where nobody has; empty where it is of somebody who was erased. */
    Mono<UUID> contact(UUID workspaceId, Incoming incoming, Instant now) {
        var sender = Objects.requireNonNull(sender(incoming));
        return owner(workspaceId, sender)
                .switchIfEmpty(Mono.defer(() -> importContacts
                        .write(workspaceId, List.of(stranger(incoming, now)))
                        .then(owner(workspaceId, sender))));
    }

    /** Of several the one with a running case, else the one that the shop has no id for, else the first. */
    private Mono<UUID> owner(UUID workspaceId, String address) {
        return database.sql("""
                        select c.id from contact c where c.workspace_id = $1 and c.address = any($2)
                        order by exists (select from support_case k where k.workspace_id = $1 and k.contact_id = c.id and k.status in ('open', 'waiting')) desc,
                            (c.external_id is null) desc, c.created_at, c.id limit 1
                        """)
                .bind(0, workspaceId)
                .bind(1, Address.spellings(address).toArray(String[]::new))
                .map(row -> Columns.value(row, "id", UUID.class))
                .one();
    }

    /** Somebody who only wrote to us has agreed to nothing else. */
    private static ContactData stranger(Incoming incoming, Instant now) {
        return new ContactData(
                null,
                incoming.from(),
                called(incoming.name()),
                null,
                null,
                null,
                Map.of(),
                Stream.of(Purpose.TIPS, Purpose.NEWS)
                        .map(purpose -> new ConsentGiven(purpose, false, now, Dating.NAMED, SOURCE))
                        .toList(),
                null);
    }

    /** What reads like a name; a stranger's link or address is none, since our mails begin with it. */
    private static @Nullable String called(@Nullable String name) {
        var line = name == null ? "" : name.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.isEmpty()
                        || line.length() > LONGEST_NAME
                        || !NAME.matcher(line).matches()
                        || line.matches(".*\\p{L}\\.\\p{L}{2,}.*")
                ? null
                : line;
    }

    /** In the form by which identity goes; null for what is no address. */
    static @Nullable String sender(Incoming incoming) {
        var from = incoming.from();
        return from == null
                        || from.length() > 254
                        || !ADDRESS.matcher(from.strip()).matches()
                ? null
                : Address.normalise(from);
    }
}
