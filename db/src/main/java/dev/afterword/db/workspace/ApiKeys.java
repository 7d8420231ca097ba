package dev.afterword.db.workspace;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The API keys of all workspaces: shown once, kept as a hash, revocable. A key is its workspace's code and 32 random characters, all base32. */
@Repository
public class ApiKeys {
    private static final int CODE = 8;
    private static final int RANDOM = 32;
    private static final Pattern SHAPE = Pattern.compile("[a-z2-7]{" + (CODE + RANDOM) + "}");

    private final DatabaseClient database;
    private final Clock clock;

    ApiKeys(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A new key and the secret, which is never seen again. */
    public record Created(ApiKey apiKey, String secret) {}

    /** What a program can do at all: nothing of people's roles, and it reads no audit log. */
    public static final Set<Permission> GIVABLE = Collections.unmodifiableSet(
            EnumSet.complementOf(EnumSet.of(Permission.MANAGE_PEOPLE, Permission.READ_AUDIT)));

    /** A key that may do all that programs can. */
    public Mono<Created> create(Workspace workspace, String name, @Nullable UUID createdBy) {
        return create(workspace, name, GIVABLE, createdBy);
    }

    public Mono<Created> create(
            Workspace workspace, String name, Set<Permission> permissions, @Nullable UUID createdBy) {
        var secret = workspace.code() + Base32.random(RANDOM);
        var apiKey = new ApiKey(
                Key.next(workspace.id()),
                name,
                secret.substring(secret.length() - 4),
                permissions,
                createdBy,
                clock.instant(),
                null,
                null);
        var statement = database.sql(
                        "insert into api_key (workspace_id, id, version, name, hint, secret_hash, created_at, created_by, permissions) values ($1, $2, 0, $3, $4, $5, $6, $7, $8)")
                .bind(0, workspace.id())
                .bind(1, apiKey.key().id())
                .bind(2, name)
                .bind(3, apiKey.hint())
                .bind(4, DigestUtils.sha256(secret))
                .bind(5, apiKey.createdAt())
                .bind(6, createdBy == null ? Parameters.in(UUID.class) : createdBy)
                .bind(7, Permission.codes(permissions));
        return statement.then().thenReturn(new Created(apiKey, secret));
    }

    /** The key of this secret, unless it was revoked; empty for anything else, however wrong. Notes at most once a minute that it was used. */
    public Mono<Used> use(String secret) {
        var folded = secret.length() > 100 ? "" : secret.toLowerCase(Locale.ROOT);
        if (!SHAPE.matcher(folded).matches()) {
            return Mono.empty();
        }
        var minuteAgo = clock.instant().minusSeconds(60);
        return database.sql("""
                        select k.workspace_id, k.id, k.permissions, k.last_used_at is null or k.last_used_at < $3 as stale
                        from workspace w join api_key k on k.workspace_id = w.id
                        where w.code = $1 and k.secret_hash = $2 and k.revoked_at is null
                        """)
                .bind(0, folded.substring(0, CODE))
                .bind(1, DigestUtils.sha256(folded))
                .bind(2, minuteAgo)
                .map((Readable row) -> new Found(
                        new Used(
                                new Key(
                                        Columns.value(row, "workspace_id", UUID.class),
                                        Columns.value(row, "id", UUID.class)),
                                permissions(row)),
                        Columns.value(row, "stale", Boolean.class)))
                .one()
                .flatMap(found -> (found.stale() ? noteUse(found.used().key(), minuteAgo) : Mono.<Void>empty())
                        .thenReturn(found.used()));
    }

    /** A genuine key, and what its program may do. */
    public record Used(Key key, Set<Permission> permissions) {}

    private record Found(Used used, boolean stale) {}

    private static Set<Permission> permissions(Readable row) {
        var codes = row.get("permissions", String[].class);
        return codes == null ? GIVABLE : Permission.exactly(Arrays.asList(codes));
    }

    private Mono<Void> noteUse(Key key, Instant minuteAgo) {
        return database.sql(
                        "update api_key set last_used_at = $3 where workspace_id = $1 and id = $2 and (last_used_at is null or last_used_at < $4)")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, clock.instant())
                .bind(3, minuteAgo)
                .then();
    }

    /** All keys of a workspace, the newest first, revoked ones too. */
    public Mono<List<ApiKey>> all(UUID workspaceId) {
        return database.sql("""
                        select id, name, hint, permissions, created_by, created_at, last_used_at, revoked_at from api_key
                        where workspace_id = $1 order by created_at desc, id desc limit 500
                        """)
                .bind(0, workspaceId)
                .map((Readable row) -> new ApiKey(
                        new Key(workspaceId, Columns.value(row, "id", UUID.class)),
                        Columns.value(row, "name", String.class),
                        Columns.value(row, "hint", String.class),
                        permissions(row),
                        row.get("created_by", UUID.class),
                        Columns.value(row, "created_at", Instant.class),
                        row.get("last_used_at", Instant.class),
                        row.get("revoked_at", Instant.class)))
                .all()
                .collectList();
    }

    /** Takes a key's power at once; otherwise {@code api-key.not-found}. One that was revoked stays so. */
    public Mono<Void> revoke(Key key) {
        return database.sql(
                        "update api_key set revoked_at = coalesce(revoked_at, $3), version = version + 1 where workspace_id = $1 and id = $2")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, clock.instant())
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> rows > 0 ? Mono.<Void>empty() : Mono.error(() -> new NotFound("api-key.not-found")));
    }
}
