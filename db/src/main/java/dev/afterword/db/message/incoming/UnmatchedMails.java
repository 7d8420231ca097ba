package dev.afterword.db.message.incoming;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Columns;
import dev.afterword.db.Cursor;
import dev.afterword.db.Key;
import dev.afterword.db.Leaf;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rejected;
import dev.afterword.db.message.attachment.Attached;
import dev.afterword.db.message.incoming.TakeIncoming.Taken;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The mail of which no case was made, with the reason; kept for 30 days. */
@Repository
public class UnmatchedMails {
    /** Without how it read, which may be megabytes. */
    private static final String COLUMNS =
            "select u.workspace_id, u.id, u.reason, u.sender, u.name, u.subject, u.words, u.files, u.received_at from unmatched_message u ";

    private final TakeFresh fresh;
    private final DatabaseClient database;

    UnmatchedMails(TakeFresh fresh, DatabaseClient database) {
        this.fresh = fresh;
        this.database = database;
    }

    /**
     * Keeps one; committed when it completes.
     *
     * @param workspaceId whose support address it went to; null: whoever runs the installation finds it in the table
     */
    public Mono<Taken> keep(
            @Nullable UUID workspaceId, WhyNoCase why, byte[] digest, byte[] zipped, Incoming incoming, Instant now) {
        var kind = incoming.notices().isEmpty()
                ? "unreadable"
                : incoming.notices().getFirst().kind().code();
        var insert = database.sql("""
                        insert into unmatched_message (digest, kind, raw, received_at, id, workspace_id, reason, subject, sender, name, words, message_id, files)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (digest) do nothing
                        """)
                .bind(0, digest)
                .bind(1, kind)
                .bind(2, zipped)
                .bind(3, now)
                .bind(4, Key.nextId())
                .bind(5, workspaceId == null ? Parameters.in(UUID.class) : workspaceId)
                .bind(6, why.code())
                .bind(7, TakeIncoming.clean(incoming.subject()))
                .bind(12, Columns.array(incoming.files(), String.class, Attached::name));
        insert = TakeIncoming.bind(insert, 8, TakeFresh.sender(incoming));
        insert = TakeIncoming.bind(insert, 9, incoming.name());
        insert = TakeIncoming.bind(insert, 10, incoming.words());
        insert = TakeIncoming.bind(insert, 11, incoming.messageId());
        return insert.fetch().rowsUpdated().map(inserted -> inserted == 0 ? Taken.KNOWN : Taken.UNMATCHED);
    }

    /** A leaf of those of which nobody has made a case since, the newest first. */
    public Mono<Leaf<UnmatchedMail>> page(UUID workspaceId, @Nullable Cursor cursor, int size) {
        boolean forward = cursor == null || cursor.forward();
        return database.sql(COLUMNS + """
                        where u.workspace_id = $1 and u.case_id is null
                        and ($2::timestamptz is null or case when $4 then (u.received_at, u.id) < ($2, $3) else (u.received_at, u.id) > ($2, $3) end)
                        order by case when $4 then u.received_at end desc, case when $4 then u.id end desc, u.received_at, u.id limit $5
                        """)
                .bind(0, workspaceId)
                .bind(1, cursor == null ? Parameters.in(Instant.class) : cursor.at())
                .bind(2, cursor == null ? Parameters.in(UUID.class) : cursor.id())
                .bind(3, forward)
                .bind(4, size + 1)
                .map(UnmatchedMails::read)
                .all()
                .collectList()
                .map(read -> Leaf.of(
                        read,
                        size,
                        cursor,
                        one -> new Cursor(true, one.receivedAt(), one.key().id())));
    }

    /** How many there are, counted up to that number. */
    public Mono<Integer> count(UUID workspaceId, int most) {
        return database.sql(
                        "select count(*)::int from (select 1 from unmatched_message u where u.workspace_id = $1 and u.case_id is null limit $2) u")
                .bind(0, workspaceId)
                .bind(1, most)
                .mapValue(Integer.class)
                .one();
    }

    /** That mail; otherwise {@code unmatched-mail.unknown}. */
    public Mono<UnmatchedMail> find(Key key) {
        return database.sql(COLUMNS + "where u.workspace_id = $1 and u.id = $2 and u.case_id is null")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .map(UnmatchedMails::read)
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("unmatched-mail.unknown")));
    }

    /** Whoever wrote it, known or new; otherwise {@code unmatched-mail.erased}. */
    public Mono<UUID> contact(UnmatchedMail mail, Instant now) {
        return fresh.contact(
                        mail.key().workspaceId(),
                        new Incoming(
                                mail.sender(),
                                List.of(),
                                null,
                                mail.subject(),
                                List.of(),
                                List.of(),
                                List.of(),
                                null,
                                mail.name(),
                                List.of()),
                        now)
                .switchIfEmpty(Mono.error(() -> new Rejected("unmatched-mail.erased", "mail")));
    }

    /**
     * Makes of it a message of that person, as if it had been taken in; its id. Otherwise {@code unmatched-mail.unknown}. Joins the transaction of its caller.
     *
     * @param caseId the case that is made of it
     */
    public Mono<UUID> take(Key key, UUID contactId, UUID caseId) {
        return database.sql("""
                        with taken as (
                            update unmatched_message u set case_id = $4 where u.workspace_id = $1 and u.id = $2 and u.case_id is null returning u.*
                        ), named as (
                            insert into attachment (workspace_id, id, message_id, position, name, type, size, kept, added_at)
                            select $1, gen_random_uuid(), $5, f.position, f.name, 'application/octet-stream', 0, false, t.received_at
                            from taken t cross join unnest(t.files) with ordinality f(name, position)
                        )
                        insert into incoming_message (workspace_id, id, digest, kind, contact_id, matched_by, message_id, sender, subject, words, raw, received_at)
                        select $1, $5, t.digest, 'reply', $3, 'hand', t.message_id, t.sender, t.subject, t.words, t.raw, t.received_at from taken t
                        on conflict (workspace_id, digest) do update set matched_by = 'hand'
                        returning id
                        """)
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, contactId)
                .bind(3, caseId)
                .bind(4, Key.nextId())
                .mapValue(UUID.class)
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("unmatched-mail.unknown")));
    }

    private static UnmatchedMail read(Readable row) {
        return new UnmatchedMail(
                new Key(value(row, "workspace_id", UUID.class), value(row, "id", UUID.class)),
                WhyNoCase.of(value(row, "reason", String.class)),
                row.get("sender", String.class),
                row.get("name", String.class),
                Objects.requireNonNullElse(row.get("subject", String.class), ""),
                row.get("words", String.class),
                List.of(value(row, "files", String[].class)),
                value(row, "received_at", Instant.class));
    }
}
