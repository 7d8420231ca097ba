package dev.afterword.db.workspace.provider;

import dev.afterword.db.Columns;
import dev.afterword.db.NotFound;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.Resealed;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The providers of all workspaces, at most one each, with their clients' secrets. */
@Repository
public class SignInProviders implements Resealed {
    private static final String USE = "sign-in-provider";
    private static final String COLUMNS = "workspace_id, label, issuer, client_id, enabled_at, only_since";

    private final DatabaseClient database;
    private final AfterwordSecret secret;

    SignInProviders(DatabaseClient database, AfterwordSecret secret) {
        this.database = database;
        this.secret = secret;
    }

    /** Empty for a workspace that has none. */
    public Mono<SignInProvider> of(UUID workspaceId) {
        return read("select " + COLUMNS + " from sign_in_provider where workspace_id = $1", workspaceId);
    }

    /** The same, for a change of it: until the transaction ends, nobody else changes it. */
    Mono<SignInProvider> lock(UUID workspaceId) {
        return read("select " + COLUMNS + " from sign_in_provider where workspace_id = $1 for update", workspaceId);
    }

    private Mono<SignInProvider> read(String sql, UUID workspaceId) {
        return database.sql(sql)
                .bind(0, workspaceId)
                .map((Readable row) -> new SignInProvider(
                        Columns.value(row, "workspace_id", UUID.class),
                        Columns.value(row, "label", String.class),
                        Columns.value(row, "issuer", String.class),
                        Columns.value(row, "client_id", String.class),
                        row.get("enabled_at", Instant.class),
                        row.get("only_since", Instant.class)))
                .one();
    }

    /** The one by which people sign in; otherwise {@code provider.none}, whether the workspace has none or there is no workspace. */
    public Mono<SignInProvider> open(UUID workspaceId) {
        return of(workspaceId)
                .filter(SignInProvider::on)
                .switchIfEmpty(Mono.error(() -> new NotFound("provider.none")));
    }

    /** What the client proves itself with. */
    public Mono<String> secretOf(UUID workspaceId) {
        return database.sql("select client_secret from sign_in_provider where workspace_id = $1")
                .bind(0, workspaceId)
                .mapValue(byte[].class)
                .one()
                .map(bytes -> new String(secret.open(USE, bytes), StandardCharsets.UTF_8))
                .switchIfEmpty(Mono.error(() -> new NotFound("provider.none")));
    }

    /** @param clientSecret null leaves the one that is there */
    Mono<Void> save(SignInProvider provider, @Nullable String clientSecret, Instant now) {
        return database.sql("""
                        insert into sign_in_provider (workspace_id, label, issuer, client_id, client_secret, enabled_at, only_since, created_at, changed_at)
                        values ($1, $2, $3, $4, coalesce($5, (select client_secret from sign_in_provider where workspace_id = $1)), $6, $7, $8, $8)
                        on conflict (workspace_id) do update set label = excluded.label, issuer = excluded.issuer, client_id = excluded.client_id,
                            client_secret = excluded.client_secret, enabled_at = excluded.enabled_at, only_since = excluded.only_since, changed_at = excluded.changed_at
                        """)
                .bind(0, provider.workspaceId())
                .bind(1, provider.label())
                .bind(2, provider.issuer())
                .bind(3, provider.clientId())
                .bind(
                        4,
                        clientSecret == null
                                ? Parameters.in(byte[].class)
                                : secret.seal(USE, clientSecret.getBytes(StandardCharsets.UTF_8)))
                .bind(5, orNull(provider.enabledAt()))
                .bind(6, orNull(provider.onlySince()))
                .bind(7, now)
                .then();
    }

    Mono<Void> demand(UUID workspaceId, @Nullable Instant since) {
        return database.sql("update sign_in_provider set only_since = $2 where workspace_id = $1")
                .bind(0, workspaceId)
                .bind(1, orNull(since))
                .then();
    }

    Mono<Void> remove(UUID workspaceId) {
        return database.sql("delete from sign_in_provider where workspace_id = $1")
                .bind(0, workspaceId)
                .then();
    }

    private static Object orNull(@Nullable Instant time) {
        return time == null ? Parameters.in(Instant.class) : time;
    }

    @Override
    public Mono<Long> reseal() {
        return Resealed.column(database, secret, "sign_in_provider", "client_secret", USE);
    }
}
