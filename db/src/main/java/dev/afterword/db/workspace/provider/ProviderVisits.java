package dev.afterword.db.workspace.provider;

import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.Resealed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Who is at a provider just now and is to come back; in the database, so that any process can take them in. Each visit works once, in one browser, for ten minutes. */
@Repository
public class ProviderVisits implements Resealed {
    private static final Duration LASTS = Duration.ofMinutes(10);
    private static final String USE = "provider-visit";

    private final DatabaseClient database;
    private final AfterwordSecret secret;
    private final Transactions transactions;
    private final JsonMapper json;
    private final Clock clock;

    ProviderVisits(
            DatabaseClient database, AfterwordSecret secret, Transactions transactions, JsonMapper json, Clock clock) {
        this.database = database;
        this.secret = secret;
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Keeps one, and clears away those that nobody came back from.
     *
     * @param browser what the browser's cookie holds
     */
    public Mono<Void> begin(UUID workspaceId, String browser, ProviderVisit visit) {
        return transactions.run(database.sql("delete from provider_visit where created_at <= $1")
                .bind(0, clock.instant().minus(LASTS))
                .then()
                .then(database.sql("""
                                insert into provider_visit (workspace_id, state_hash, browser_hash, agreed, created_at) values ($1, $2, $3, $4, $5)
                                """)
                        .bind(0, workspaceId)
                        .bind(1, sha256(visit.state()))
                        .bind(2, sha256(browser))
                        .bind(3, secret.seal(USE, json.writeValueAsBytes(visit)))
                        .bind(4, visit.begunAt())
                        .then()));
    }

    /** Takes one up, for good; rejected with {@code provider.over} where it was taken before, is too old, or began in another browser or workspace. */
    public Mono<ProviderVisit> take(UUID workspaceId, String browser, String state) {
        return transactions
                .run(database.sql("""
                                delete from provider_visit where workspace_id = $1 and state_hash = $2 and browser_hash = $3 and created_at > $4
                                returning agreed
                                """)
                        .bind(0, workspaceId)
                        .bind(1, sha256(state))
                        .bind(2, sha256(browser))
                        .bind(3, clock.instant().minus(LASTS))
                        .mapValue(byte[].class)
                        .one())
                .map(bytes -> json.readValue(secret.open(USE, bytes), ProviderVisit.class))
                .switchIfEmpty(Mono.error(() -> new Rejected("provider.over", null)));
    }

    @Override
    public Mono<Long> reseal() {
        return Resealed.column(database, secret, "provider_visit", "agreed", USE);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
