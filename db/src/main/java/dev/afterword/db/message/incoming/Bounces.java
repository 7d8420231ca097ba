package dev.afterword.db.message.incoming;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Cursor;
import dev.afterword.db.Page;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What receiving servers and mailbox providers said about a workspace's mail. */
@Repository
public class Bounces {
    private final DatabaseClient database;

    Bounces(DatabaseClient database) {
        this.database = database;
    }

    /**
     * One that came back, was delayed or was reported as spam.
     *
     * @param status as RFC 3463 has it; null where nobody said
     * @param sure said in a form that a standard describes; else guessed from words
     * @param whileSending the receiving server said so at once; otherwise it came as a mail
     */
    public record Bounce(
            UUID id,
            Instant at,
            NoticeKind kind,
            UUID sendId,
            UUID contactId,
            @Nullable String status,
            @Nullable String diagnostic,
            boolean sure,
            boolean whileSending) {}

    /**
     * The latest first.
     *
     * @param from the first of the workspace's days; null for the beginning
     * @param to the last of them, included; null for today
     */
    public Mono<Page<Bounce>> of(
            UUID workspaceId, @Nullable LocalDate from, @Nullable LocalDate to, @Nullable Cursor cursor, int size) {
        return database.sql("""
                        select b.id, b.at, b.kind, b.send_id, b.contact_id, b.status, b.diagnostic, b.sure, b.incoming_id is null as while_sending
                        from workspace w join bounce b on b.workspace_id = $1
                        where w.id = $1 and ($2::date is null or b.at >= ($2::timestamp at time zone w.zone)) and ($3::date is null or b.at < (($3 + 1)::timestamp at time zone w.zone))
                            and ($4::timestamptz is null or (b.at, b.id) < ($4, $5::uuid))
                        order by b.at desc, b.id desc limit $6
                        """)
                .bind(0, workspaceId)
                .bind(1, from == null ? Parameters.in(LocalDate.class) : from)
                .bind(2, to == null ? Parameters.in(LocalDate.class) : to)
                .bind(3, cursor == null ? Parameters.in(Instant.class) : cursor.at())
                .bind(4, cursor == null ? Parameters.in(UUID.class) : cursor.id())
                .bind(5, size + 1)
                .map(Bounces::read)
                .all()
                .collectList()
                .map(found -> page(found, size));
    }

    private static Page<Bounce> page(List<Bounce> found, int size) {
        if (found.size() <= size) {
            return new Page<>(found, null);
        }
        var last = found.get(size - 1);
        return new Page<>(List.copyOf(found.subList(0, size)), new Cursor(true, last.at(), last.id()).encode());
    }

    private static Bounce read(Readable row) {
        return new Bounce(
                value(row, "id", UUID.class),
                value(row, "at", Instant.class),
                NoticeKind.of(value(row, "kind", String.class)),
                value(row, "send_id", UUID.class),
                value(row, "contact_id", UUID.class),
                row.get("status", String.class),
                row.get("diagnostic", String.class),
                value(row, "sure", Boolean.class),
                value(row, "while_sending", Boolean.class));
    }
}
