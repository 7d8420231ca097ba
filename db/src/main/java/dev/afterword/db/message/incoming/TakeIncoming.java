package dev.afterword.db.message.incoming;

import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.contact.Address;
import dev.afterword.db.contact.Unsubscribe;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import dev.afterword.db.message.incoming.MatchIncoming.By;
import dev.afterword.db.message.incoming.MatchIncoming.Match;
import dev.afterword.db.message.incoming.RecordBounce.Said;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes in a message that came back: keeps it, and does what it means. The same message a second time changes nothing. */
@Component
public class TakeIncoming {
    private final MatchIncoming matching;
    private final RecordBounce bounces;
    private final Unsubscribe unsubscribe;
    private final Events events;
    private final DatabaseClient database;
    private final Transactions transactions;

    TakeIncoming(
            MatchIncoming matching,
            RecordBounce bounces,
            Unsubscribe unsubscribe,
            Events events,
            DatabaseClient database,
            Transactions transactions) {
        this.matching = matching;
        this.bounces = bounces;
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
        /** It is about no mail of ours that is known; kept apart. */
        UNMATCHED
    }

    /** Committed when it completes. */
    public Mono<Taken> take(byte[] raw, Incoming incoming, Instant now) {
        return transactions.run(matching.match(incoming, now)
                .flatMap(match -> keep(raw, incoming, match, now))
                .switchIfEmpty(Mono.defer(() -> keepUnmatched(raw, incoming, now))));
    }

    private Mono<Taken> keep(byte[] raw, Incoming incoming, Match match, Instant now) {
        var id = Key.nextId();
        var notice = decisive(incoming.notices());
        return insert(id, raw, incoming, notice.kind(), match, now)
                .flatMap(inserted -> inserted == 0
                        ? Mono.just(Taken.KNOWN)
                        : act(id, notice, match, now).thenReturn(Taken.KEPT));
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
        var contact = new Key(match.send().workspaceId(), match.contactId());
        return switch (notice.kind()) {
            case HARD, SOFT, POLICY, DELAYED, SPAM_REPORT ->
                // Anybody can write that mail to somebody else came back: believed only with a MAC of ours.
                match.by() == By.SENDER
                        ? Mono.empty()
                        : bounces.keep(new Said(match.send(), match.contactId(), notice, id, now))
                                .then();
            case REPLY ->
                match.unsubscribe()
                        ? unsubscribe.unsubscribe(contact, match.purpose())
                        : events.append(Event.of(
                                contact.workspaceId(), EventKind.CONTACT_REPLIED, id, match.contactId(), false, now));
            case AUTOMATIC -> match.unsubscribe() ? unsubscribe.unsubscribe(contact, match.purpose()) : Mono.empty();
        };
    }

    private Mono<Long> insert(UUID id, byte[] raw, Incoming incoming, NoticeKind kind, Match match, Instant now) {
        var from = incoming.from();
        var insert = database.sql("""
                        insert into incoming_message (workspace_id, id, digest, kind, send_id, contact_id, matched_by, message_id, sender, subject, words, raw, received_at)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                        on conflict (workspace_id, digest) do nothing
                        """)
                .bind(0, match.send().workspaceId())
                .bind(1, id)
                .bind(2, digest(raw))
                .bind(3, kind.code())
                .bind(4, match.send().id())
                .bind(5, match.contactId())
                .bind(6, match.by().code())
                .bind(9, clean(incoming.subject()))
                .bind(11, zipped(raw))
                .bind(12, now);
        insert = bind(insert, 7, incoming.messageId());
        insert = bind(insert, 8, from == null ? null : Address.normalise(from));
        insert = bind(insert, 10, incoming.words());
        return insert.fetch().rowsUpdated();
    }

    private Mono<Taken> keepUnmatched(byte[] raw, Incoming incoming, Instant now) {
        var kind = incoming.notices().isEmpty()
                ? "unreadable"
                : incoming.notices().getFirst().kind().code();
        return database.sql(
                        "insert into unmatched_message (digest, kind, raw, received_at) values ($1, $2, $3, $4) on conflict (digest) do nothing")
                .bind(0, digest(raw))
                .bind(1, kind)
                .bind(2, zipped(raw))
                .bind(3, now)
                .fetch()
                .rowsUpdated()
                .map(inserted -> inserted == 0 ? Taken.KNOWN : Taken.UNMATCHED);
    }

    private static DatabaseClient.GenericExecuteSpec bind(
            DatabaseClient.GenericExecuteSpec statement, int at, @Nullable String value) {
        return value == null ? statement.bindNull(at, String.class) : statement.bind(at, clean(value));
    }

    /** PostgreSQL's text has no zero. */
    private static String clean(String text) {
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
