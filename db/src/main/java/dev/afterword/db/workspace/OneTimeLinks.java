package dev.afterword.db.workspace;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Links that work once. A token is the link's id and an HMAC over it, in lower-case base32; the table keeps its hash. */
@Repository
public class OneTimeLinks {
    private static final String USE = "one-time-link";
    private static final int MAC_BYTES = 20;

    private final DatabaseClient database;
    private final AfterwordSecret secret;

    OneTimeLinks(DatabaseClient database, AfterwordSecret secret) {
        this.database = database;
        this.secret = secret;
    }

    /** What a link is for, and how long it lasts. */
    public enum Purpose {
        FIRST_OWNER(Duration.ofHours(1)),
        INVITATION(Duration.ofDays(3)),
        PASSWORD(Duration.ofHours(1));

        private final Duration lasts;

        Purpose(Duration lasts) {
            this.lasts = lasts;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Purpose of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** A link that may still be used. */
    public record Link(UUID id, Purpose purpose, @Nullable UUID staffId) {}

    /** The token of a link, under the secret that it was made with for as long as that is accepted; empty where the link has gone. */
    public Mono<String> token(UUID id) {
        return database.sql("select id, token_hash from one_time_link where id = $1")
                .bind(0, id)
                .map(this::token)
                .one();
    }

    private String token(Readable row) {
        var tokens = tokens(Columns.value(row, "id", UUID.class));
        var hash = Columns.value(row, "token_hash", byte[].class);
        return tokens.stream()
                .filter(token -> Arrays.equals(Sessions.sha256(token), hash))
                .findFirst()
                .orElseGet(tokens::getFirst);
    }

    /** Under every accepted secret, the current one first. */
    private List<String> tokens(UUID id) {
        var bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        var text = Base32.encode(bytes);
        return secret.macs(USE, text).stream()
                .map(mac -> text + Base32.encode(Arrays.copyOf(mac, MAC_BYTES)))
                .toList();
    }

    /** A new link for a staff member; its earlier links of the same purpose end. */
    Mono<UUID> create(Purpose purpose, UUID staffId, Instant now) {
        var id = Key.nextId();
        return database.sql("delete from one_time_link where staff_id = $1 and purpose = $2")
                .bind(0, staffId)
                .bind(1, purpose.code())
                .then()
                .then(insert(id, purpose, staffId, now, ""))
                .thenReturn(id);
    }

    /**
     * The token by which the first owner of an installation signs up: one for all processes, made anew when it has run out. Empty once anybody belongs to the
     * staff.
     */
    public Mono<String> firstOwner(Instant now) {
        var renewal = """
                 on conflict (purpose) where purpose = 'first-owner'
                do update set id = excluded.id, token_hash = excluded.token_hash, expires_at = excluded.expires_at, created_at = excluded.created_at, used_at = null
                where one_time_link.expires_at <= excluded.created_at
                """;
        return database.sql("select exists (select from staff)")
                .mapValue(Boolean.class)
                .one()
                .filter(anybody -> !anybody)
                .flatMap(nobody -> insert(Key.nextId(), Purpose.FIRST_OWNER, null, now, renewal))
                .then(database.sql("""
                                select id, token_hash from one_time_link
                                where purpose = 'first-owner' and used_at is null and expires_at > $1 and not exists (select from staff)
                                """).bind(0, now).map(this::token).one());
    }

    private Mono<Void> insert(UUID id, Purpose purpose, @Nullable UUID staffId, Instant now, String onConflict) {
        return database.sql(
                        "insert into one_time_link (id, token_hash, purpose, staff_id, expires_at, created_at) values ($1, $2, $3, $4, $5, $6)"
                                + onConflict)
                .bind(0, id)
                .bind(1, Sessions.sha256(tokens(id).getFirst()))
                .bind(2, purpose.code())
                .bind(3, staffId == null ? Parameters.in(UUID.class) : staffId)
                .bind(4, now.plus(purpose.lasts))
                .bind(5, now)
                .then();
    }

    /** What a token is for, while it may still be used; otherwise {@code link.void}. */
    public Mono<Link> find(String token, Instant now) {
        return one(
                "select id, purpose, staff_id from one_time_link where token_hash = $1 and used_at is null and expires_at > $2",
                token,
                now);
    }

    /** Uses a link up, in the transaction of what it allows; otherwise {@code link.void}. Of two at once, one gets it. */
    public Mono<Link> use(String token, Instant now) {
        return one(
                "update one_time_link set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2 returning id, purpose, staff_id",
                token,
                now);
    }

    private Mono<Link> one(String sql, String token, Instant now) {
        return database.sql(sql)
                .bind(0, Sessions.sha256(token))
                .bind(1, now)
                .map((Readable row) -> new Link(
                        Columns.value(row, "id", UUID.class),
                        Purpose.of(Columns.value(row, "purpose", String.class)),
                        row.get("staff_id", UUID.class)))
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("link.void")));
    }

    Mono<Void> endAllOf(UUID staffId) {
        return database.sql("delete from one_time_link where staff_id = $1 and used_at is null")
                .bind(0, staffId)
                .then();
    }
}
