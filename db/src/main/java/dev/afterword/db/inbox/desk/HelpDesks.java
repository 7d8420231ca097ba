package dev.afterword.db.inbox.desk;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import dev.afterword.db.contact.Address;
import dev.afterword.db.message.SendLinks;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.Base32;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The other help desks of all workspaces, each used only after a code was typed that was mailed to it. */
@Repository
public class HelpDesks {
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s@<>(),;:\"\\\\]{1,64}@[^\\s@<>(),;:\"\\\\]+\\.[^\\s@<>(),;:\"\\\\]+");
    private static final Duration CODE_LASTS = Duration.ofDays(1);
    private static final int MOST_TRIES = 5;
    private static final int CODE_LENGTH = 8;
    private static final String USE = "help-desk";

    private final SendLinks links;
    private final AfterwordSecret secret;
    private final DatabaseClient database;
    private final Transactions transactions;

    HelpDesks(SendLinks links, AfterwordSecret secret, DatabaseClient database, Transactions transactions) {
        this.links = links;
        this.secret = secret;
        this.database = database;
        this.transactions = transactions;
    }

    /** Empty where a workspace has none. */
    public Mono<Optional<HelpDesk>> find(UUID workspaceId) {
        return database.sql(
                        "select address, code_id, asked_at, tries, confirmed_at from help_desk where workspace_id = $1")
                .bind(0, workspaceId)
                .map((Readable row) -> Optional.of(new HelpDesk(
                        value(row, "address", String.class),
                        value(row, "code_id", UUID.class),
                        value(row, "asked_at", Instant.class),
                        value(row, "tries", Integer.class),
                        row.get("confirmed_at", Instant.class))))
                .one()
                .defaultIfEmpty(Optional.empty());
    }

    /** Mails a code to that address; nothing that waits goes to another any more. Otherwise {@code help-desk.address-wrong}, or {@code help-desk.address-own} for an address at which mail comes in to us. */
    public Mono<Void> ask(UUID workspaceId, String typed, Instant now) {
        var address = Address.readable(typed);
        if (address.length() > 200 || !ADDRESS.matcher(address).matches()) {
            return Mono.error(new Rejected("help-desk.address-wrong", "desk"));
        }
        if (links.comesIn(address)) {
            return Mono.error(new Rejected("help-desk.address-own", "desk"));
        }
        var codeId = Key.nextId();
        return transactions.run(database.sql("""
                        insert into help_desk (workspace_id, address, code_id, asked_at) values ($1, $2, $3, $4)
                        on conflict (workspace_id) do update set address = excluded.address, code_id = excluded.code_id, asked_at = excluded.asked_at, tries = 0, confirmed_at = null
                        """)
                .bind(0, workspaceId)
                .bind(1, address)
                .bind(2, codeId)
                .bind(3, now)
                .then()
                .then(database.sql(
                                "delete from desk_mail where workspace_id = $1 and sent_at is null and address <> $2")
                        .bind(0, workspaceId)
                        .bind(1, address)
                        .then())
                .then(database.sql("""
                                insert into desk_mail (workspace_id, id, about_id, address, due_at, created_at) values ($1, $2, $3, $4, $5, $5)
                                """)
                        .bind(0, workspaceId)
                        .bind(1, Key.nextId())
                        .bind(2, codeId)
                        .bind(3, address)
                        .bind(4, now)
                        .then()));
    }

    /** Uses it from now on. Otherwise {@code help-desk.code-wrong}; after five wrong ones, or a day, {@code help-desk.code-over}. */
    public Mono<Void> confirm(UUID workspaceId, String typed, Instant now) {
        return find(workspaceId).flatMap(found -> {
            var desk = found.orElse(null);
            if (desk == null || desk.tries() >= MOST_TRIES || desk.askedAt().isBefore(now.minus(CODE_LASTS))) {
                return Mono.error(new Rejected("help-desk.code-over", "code"));
            }
            var given = typed.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
            boolean right = MessageDigest.isEqual(
                    given.getBytes(StandardCharsets.UTF_8),
                    code(workspaceId, desk.codeId()).getBytes(StandardCharsets.UTF_8));
            return right
                    ? set(workspaceId, desk.codeId(), "confirmed_at = coalesce(confirmed_at, $3)", now)
                    : set(
                                    workspaceId,
                                    desk.codeId(),
                                    "tries = tries + case when $3::timestamptz is null then 0 else 1 end",
                                    now)
                            .then(Mono.error(new Rejected("help-desk.code-wrong", "code")));
        });
    }

    private Mono<Void> set(UUID workspaceId, UUID codeId, String what, Instant now) {
        return database.sql("update help_desk set " + what + " where workspace_id = $1 and code_id = $2")
                .bind(0, workspaceId)
                .bind(1, codeId)
                .bind(2, now)
                .then();
    }

    /** Nothing goes there any more, and nothing from there to customers. */
    public Mono<Void> remove(UUID workspaceId) {
        return transactions.run(database.sql("delete from help_desk where workspace_id = $1")
                .bind(0, workspaceId)
                .then()
                .then(database.sql("delete from desk_mail where workspace_id = $1 and sent_at is null")
                        .bind(0, workspaceId)
                        .then()));
    }

    /** What is mailed, and is to be typed. */
    String code(UUID workspaceId, UUID codeId) {
        return Base32.encode(secret.mac(USE, workspaceId + " " + codeId)).substring(0, CODE_LENGTH);
    }
}
