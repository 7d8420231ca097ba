package dev.afterword.db.message.attachment;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The files of all mails. Bytes are read one file at a time and never by lists. */
@Repository
public class Attachments {
    /** So many bytes are kept in a day for one workspace of what comes in; the rest is only named. */
    static final long MOST_A_DAY = 2L * 1024 * 1024 * 1024;

    private static final Duration DAY = Duration.ofDays(1);
    private static final String COLUMNS =
            "a.workspace_id, a.id, a.message_id, a.name, a.type, a.size, a.width, a.height, a.kept";

    private final DatabaseClient database;

    Attachments(DatabaseClient database) {
        this.database = database;
    }

    /** Keeps what a message brought or a send takes along, in that order. Joins the transaction of its caller. */
    public Mono<Void> add(UUID workspaceId, UUID messageId, List<Attached> files, Instant now) {
        return files.isEmpty()
                ? Mono.empty()
                : full(workspaceId, now)
                        .flatMap(full -> Flux.fromIterable(files)
                                .index()
                                .concatMap(numbered -> insert(
                                        workspaceId,
                                        messageId,
                                        numbered.getT1().intValue(),
                                        full
                                                ? Attached.leftOut(
                                                        numbered.getT2().name(),
                                                        numbered.getT2().type(),
                                                        numbered.getT2().size())
                                                : numbered.getT2(),
                                        now))
                                .then());
    }

    private Mono<Boolean> full(UUID workspaceId, Instant now) {
        return database.sql(
                        "select coalesce(sum(a.size), 0) > $3 from attachment a where a.workspace_id = $1 and a.added_at > $2 and a.kept")
                .bind(0, workspaceId)
                .bind(1, now.minus(DAY))
                .bind(2, MOST_A_DAY)
                .mapValue(Boolean.class)
                .one();
    }

    private Mono<Void> insert(UUID workspaceId, UUID messageId, int position, Attached file, Instant now) {
        var id = Key.nextId();
        var bytes = file.bytes();
        var named = database.sql("""
                        insert into attachment (workspace_id, id, message_id, position, name, type, size, width, height, kept, added_at)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                        """)
                .bind(0, workspaceId)
                .bind(1, id)
                .bind(2, messageId)
                .bind(3, position)
                .bind(4, file.name())
                .bind(5, file.type())
                .bind(6, file.size())
                .bind(7, file.width() > 0 ? file.width() : Parameters.in(Integer.class))
                .bind(8, file.height() > 0 ? file.height() : Parameters.in(Integer.class))
                .bind(9, bytes != null)
                .bind(10, now)
                .then();
        return bytes == null
                ? named
                : named.then(database.sql(
                                "insert into attachment_bytes (workspace_id, attachment_id, bytes) values ($1, $2, $3)")
                        .bind(0, workspaceId)
                        .bind(1, id)
                        .bind(2, bytes)
                        .then());
    }

    /** What these messages brought or take along, each in its order. */
    public Mono<List<Attachment>> of(UUID workspaceId, List<UUID> messages) {
        return messages.isEmpty()
                ? Mono.just(List.of())
                : database.sql(
                                "select " + COLUMNS
                                        + " from attachment a where a.workspace_id = $1 and a.message_id = any($2) order by a.message_id, a.position")
                        .bind(0, workspaceId)
                        .bind(1, messages.toArray(UUID[]::new))
                        .map(Attachments::read)
                        .all()
                        .collectList();
    }

    /** One that was kept; otherwise {@code attachment.unknown}. */
    public Mono<AttachedFile> file(Key key) {
        return database.sql("select " + COLUMNS + ", b.bytes from attachment a join attachment_bytes b"
                        + " on b.workspace_id = $1 and b.attachment_id = a.id where a.workspace_id = $1 and a.id = $2")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .map((Readable row) -> new AttachedFile(read(row), value(row, "bytes", ByteBuffer.class)))
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("attachment.unknown")));
    }

    /** Everything that a send takes along, with its bytes, one after the other. */
    public Mono<List<AttachedFile>> taken(Key send) {
        return of(send.workspaceId(), List.of(send.id()))
                .flatMapIterable(files -> files)
                .filter(Attachment::kept)
                .concatMap(file -> file(file.key()))
                .collectList();
    }

    private static Attachment read(Readable row) {
        return new Attachment(
                new Key(value(row, "workspace_id", UUID.class), value(row, "id", UUID.class)),
                value(row, "message_id", UUID.class),
                value(row, "name", String.class),
                value(row, "type", String.class),
                value(row, "size", Long.class),
                Objects.requireNonNullElse(row.get("width", Integer.class), 0),
                Objects.requireNonNullElse(row.get("height", Integer.class), 0),
                value(row, "kept", Boolean.class));
    }
}
