package dev.afterword.db.message.incoming;

import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.contact.Address;
import dev.afterword.db.contact.Unsubscribe;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import dev.afterword.db.message.attachment.Attachments;
import dev.afterword.db.message.incoming.MailIntakes.Place;
import dev.afterword.db.message.incoming.MatchIncoming.Match;
import dev.afterword.db.message.incoming.RecordBounce.Said;
import io.r2dbc.spi.Parameters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes in a message: what came back of ours, and what people write to a support address. Keeps it, and does what it means. The same message a second time
 * changes nothing.
 */
@Component
public class TakeIncoming {
    private final List<IncomingRoute> routes;
    private final MailIntakes intakes;
    private final MatchIncoming matching;
    private final TakeFresh fresh;
    private final UnmatchedMails unmatched;
    private final RecordBounce bounces;
    private final Attachments attachments;
    private final Unsubscribe unsubscribe;
    private final Events events;
    private final DatabaseClient database;
    private final Transactions transactions;

    TakeIncoming(
            List<IncomingRoute> routes,
            MailIntakes intakes,
            MatchIncoming matching,
            TakeFresh fresh,
            UnmatchedMails unmatched,
            RecordBounce bounces,
            Attachments attachments,
            Unsubscribe unsubscribe,
            Events events,
            DatabaseClient database,
            Transactions transactions) {
        this.routes = List.copyOf(routes);
        this.intakes = intakes;
        this.matching = matching;
        this.fresh = fresh;
        this.unmatched = unmatched;
        this.bounces = bounces;
        this.attachments = attachments;
        this.unsubscribe = unsubscribe;
        this.events = events;
        this.database = database;
        this.transactions = transactions;
    }

    /** What became of a message. */
    public enum Taken {
        KEPT,
        /** It was taken before. */
        KNOWN,
        /** It is about no mail of ours that is known, and no person wrote it to a support address; kept apart. */
        UNMATCHED
    }

    /** Committed when it completes. */
    public Mono<Taken> take(byte[] raw, Incoming incoming, Instant now) {
        return Flux.fromIterable(routes)
                .concatMap(route -> route.take(digest(raw), zipped(raw), incoming, now))
                .next()
                .switchIfEmpty(Mono.defer(() -> takeForUs(raw, incoming, now)));
    }

    private Mono<Taken> takeForUs(byte[] raw, Incoming incoming, Instant now) {
        return intakes.of(incoming.addresses())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(place -> matching.match(
                                incoming, place.map(Place::workspaceId).orElse(null), now)
                        .flatMap(match -> found(raw, incoming, match, now))
                        .switchIfEmpty(Mono.defer(() -> unknown(raw, incoming, place, now))));
    }

    /** What people write, or machines that do not say that they are none, is not taken without end; a wish to hear nothing more always is. */
    private Mono<Taken> found(byte[] raw, Incoming incoming, Match match, Instant now) {
        var workspaceId = match.workspaceId();
        var digest = digest(raw);
        if (!incoming.byPerson()) {
            return transactions.run(keep(raw, digest, incoming, match, now));
        }
        return fresh.known(workspaceId, digest, incoming, now).flatMap(known -> {
            if (known) {
                return Mono.just(Taken.KNOWN);
            }
            return (match.unsubscribe() ? Mono.just(false) : fresh.tooMuch(match, incoming, now))
                    .flatMap(tooMuch -> tooMuch
                            ? unmatched.keep(workspaceId, WhyNoCase.LIMIT, digest, zipped(raw), incoming, now)
                            : transactions.run(keep(raw, digest, incoming, match, now)));
        });
    }

    /** About no mail of ours: what a person writes to a support address, or what is kept apart. */
    private Mono<Taken> unknown(byte[] raw, Incoming incoming, Optional<Place> place, Instant now) {
        return fresh.refused(incoming, place, now)
                .flatMap(why -> unmatched.keep(
                        place.map(Place::workspaceId).orElse(null), why, digest(raw), zipped(raw), incoming, now))
                .switchIfEmpty(Mono.defer(
                        () -> fresh(raw, incoming, place.orElseThrow().workspaceId(), now)));
    }

    private Mono<Taken> fresh(byte[] raw, Incoming incoming, UUID workspaceId, Instant now) {
        return fresh.contact(workspaceId, incoming, now)
                .flatMap(contact -> found(raw, incoming, Match.fresh(workspaceId, contact), now))
                .switchIfEmpty(Mono.defer(
                        () -> unmatched.keep(workspaceId, WhyNoCase.ERASED, digest(raw), zipped(raw), incoming, now)));
    }

    private Mono<Taken> keep(byte[] raw, byte[] digest, Incoming incoming, Match match, Instant now) {
        return erased(match)
                .flatMap(erased -> erased
                        ? keepApart(raw, digest, incoming, match, now)
                        : keepOf(raw, digest, incoming, match, now));
    }

    /** Whether the person was erased meanwhile; locked, so that whoever erases them after that finds what is kept here. */
    private Mono<Boolean> erased(Match match) {
        return database.sql(
                        "select erased_at is not null from contact where workspace_id = $1 and id = $2 for key share")
                .bind(0, match.workspaceId())
                .bind(1, match.contactId())
                .mapValue(Boolean.class)
                .one();
    }

    /** What comes back late of the mail to somebody who was erased names them; what a machine says of it is nobody's in the workspace. */
    private Mono<Taken> keepApart(byte[] raw, byte[] digest, Incoming incoming, Match match, Instant now) {
        var byPerson = incoming.byPerson();
        var why = byPerson ? WhyNoCase.ERASED : TakeFresh.ofMachine(incoming);
        return unmatched.keep(byPerson ? match.workspaceId() : null, why, digest, zipped(raw), incoming, now);
    }

    private Mono<Taken> keepOf(byte[] raw, byte[] digest, Incoming incoming, Match match, Instant now) {
        var id = Key.nextId();
        var notice = decisive(incoming.notices());
        return insert(id, raw, digest, incoming, notice.kind(), match, now)
                .flatMap(inserted -> inserted == 0
                        ? Mono.just(Taken.KNOWN)
                        : attachments
                                .add(match.workspaceId(), id, incoming.files(), now)
                                .then(act(id, notice, match, now))
                                .thenReturn(Taken.KEPT));
    }

    /**
     * What counts of everything that is said. A mail of ours has one recipient; where a list stands behind it, several failures come back for it, and what blames
     * the person least counts.
     */
    static Notice decisive(List<Notice> notices) {
        return notices.stream()
                .min(Comparator.comparingInt(TakeIncoming::weight))
                .orElseGet(() -> new Notice(NoticeKind.AUTOMATIC, null, null, null, false));
    }

    private static int weight(Notice notice) {
        return switch (notice.kind()) {
            case SPAM_REPORT -> 0;
            case POLICY -> 1;
            case SOFT -> 2;
            case HARD -> 3;
            case DELAYED -> 4;
            case REPLY -> 5;
            case AUTOMATIC -> 6;
        };
    }

    private Mono<Void> act(UUID id, Notice notice, Match match, Instant now) {
        var contact = new Key(match.workspaceId(), match.contactId());
        var send = match.sendId();
        return switch (notice.kind()) {
            case HARD, SOFT, POLICY, DELAYED, SPAM_REPORT ->
                // Anybody can write that mail to somebody else came back: believed only with a MAC of ours.
                send == null || !match.by().proven()
                        ? Mono.empty()
                        : bounces.keep(new Said(new Key(match.workspaceId(), send), match.contactId(), notice, id, now))
                                .then();
            case REPLY ->
                match.unsubscribe()
                        ? unsubscribe.unsubscribe(contact, match.purpose())
                        : events.append(Event.of(
                                contact.workspaceId(), EventKind.CONTACT_REPLIED, id, match.contactId(), false, now));
            case AUTOMATIC -> match.unsubscribe() ? unsubscribe.unsubscribe(contact, match.purpose()) : Mono.empty();
        };
    }

    private Mono<Long> insert(
            UUID id, byte[] raw, byte[] digest, Incoming incoming, NoticeKind kind, Match match, Instant now) {
        var from = incoming.from();
        var insert = database.sql("""
                        insert into incoming_message (workspace_id, id, digest, kind, send_id, contact_id, matched_by, message_id, sender, subject, words, raw, received_at, answers_id)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                        on conflict (workspace_id, digest) do nothing
                        """)
                .bind(0, match.workspaceId())
                .bind(1, id)
                .bind(2, digest)
                .bind(3, kind.code())
                .bind(4, orNull(match.sendId()))
                .bind(5, match.contactId())
                .bind(6, match.by().code())
                .bind(9, clean(incoming.subject()))
                .bind(11, zipped(raw))
                .bind(12, now)
                .bind(13, orNull(match.answersId()));
        insert = bind(insert, 7, incoming.messageId());
        insert = bind(insert, 8, from == null ? null : Address.normalise(from));
        insert = bind(insert, 10, kind == NoticeKind.REPLY ? incoming.words() : null);
        return insert.fetch().rowsUpdated();
    }

    private static Object orNull(@Nullable UUID id) {
        return id == null ? Parameters.in(UUID.class) : id;
    }

    static DatabaseClient.GenericExecuteSpec bind(
            DatabaseClient.GenericExecuteSpec statement, int at, @Nullable String value) {
        return value == null ? statement.bindNull(at, String.class) : statement.bind(at, clean(value));
    }

    /** PostgreSQL's text has no zero. */
    static String clean(String text) {
        return text.replace('\0', ' ');
    }

    private static byte[] digest(byte[] raw) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(raw);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] zipped(byte[] raw) {
        var bytes = new ByteArrayOutputStream(raw.length / 2 + 64);
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
