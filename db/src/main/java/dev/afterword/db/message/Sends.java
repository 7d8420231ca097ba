package dev.afterword.db.message;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.workspace.Purpose;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The messages of all workspaces, planned, sent and not sent. */
@Repository
public class Sends {
    private static final int MOST_LISTED = 500;

    private final DatabaseClient database;

    Sends(DatabaseClient database) {
        this.database = database;
    }

    /** That message; otherwise {@code send.unknown}. */
    public Mono<Send> find(Key key) {
        return database.sql("select * from send where workspace_id = $1 and id = $2")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .map(Sends::send)
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("send.unknown")));
    }

    /** Everything written to a contact, planned, or decided against; the latest first, at most 500. */
    public Mono<List<Send>> ofContact(Key contact) {
        return database.sql(
                        "select * from send where workspace_id = $1 and contact_id = $2 order by due_at desc, id desc limit $3")
                .bind(0, contact.workspaceId())
                .bind(1, contact.id())
                .bind(2, MOST_LISTED)
                .map(Sends::send)
                .all()
                .collectList();
    }

    /** Everything about an order, the latest first, at most 500. */
    public Mono<List<Send>> ofOrder(Key order) {
        return database.sql(
                        "select * from send where workspace_id = $1 and order_id = $2 order by due_at desc, id desc limit $3")
                .bind(0, order.workspaceId())
                .bind(1, order.id())
                .bind(2, MOST_LISTED)
                .map(Sends::send)
                .all()
                .collectList();
    }

    /** A send from a row with all its columns. */
    static Send send(Readable row) {
        return new Send(
                new Key(value(row, "workspace_id", UUID.class), value(row, "id", UUID.class)),
                row.get("enrollment_id", UUID.class),
                row.get("follow_up_id", UUID.class),
                row.get("invitation_id", UUID.class),
                value(row, "contact_id", UUID.class),
                row.get("order_id", UUID.class),
                Purpose.of(value(row, "purpose", String.class)),
                value(row, "step", String.class),
                SendKind.of(value(row, "kind", String.class)),
                SendState.of(value(row, "state", String.class)),
                skipReason(row.get("skip_reason", String.class)),
                value(row, "due_at", Instant.class),
                value(row, "not_after", Instant.class),
                value(row, "attempt", Integer.class),
                row.get("smtp_code", Integer.class),
                row.get("smtp_reply", String.class),
                row.get("message_id", String.class),
                row.get("submitted_at", Instant.class),
                row.get("finished_at", Instant.class),
                value(row, "created_at", Instant.class));
    }

    private static @Nullable SkipReason skipReason(@Nullable String code) {
        return code == null ? null : SkipReason.of(code);
    }
}
