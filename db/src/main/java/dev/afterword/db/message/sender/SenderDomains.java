package dev.afterword.db.message.sender;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.contact.Address;
import dev.afterword.db.message.sender.SigningKey.Algorithm;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.Resealed;
import io.r2dbc.spi.Readable;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The keys by which workspaces sign their mail; what is secret of them is encrypted at rest. */
@Repository
public class SenderDomains implements Resealed {
    private static final String SEALED_FOR = "dkim";

    private final AfterwordSecret secret;
    private final DatabaseClient database;

    SenderDomains(AfterwordSecret secret, DatabaseClient database) {
        this.secret = secret;
        this.database = database;
    }

    /** All pairs that sign or wait, of a workspace's domain, the newest first. */
    public Mono<List<SenderDomain>> of(UUID workspaceId, String domain) {
        return database.sql("""
                        select id, domain, rsa_selector, rsa_public, ed25519_selector, ed25519_public, created_at, active_at, retired_at
                        from sender_domain where workspace_id = $1 and domain = any($2) and retired_at is null order by created_at desc
                        """)
                .bind(0, workspaceId)
                .bind(1, spellings(domain))
                .map((Readable row) -> senderDomain(workspaceId, row))
                .all()
                .collectList();
    }

    /** The pair that signs for a domain; empty where none does. */
    public Mono<List<SigningKey>> signing(UUID workspaceId, String domain) {
        return database.sql("""
                        select domain, rsa_selector, rsa_private, ed25519_selector, ed25519_private from sender_domain
                        where workspace_id = $1 and domain = any($2) and active_at is not null and retired_at is null order by active_at desc limit 1
                        """)
                .bind(0, workspaceId)
                .bind(1, spellings(domain))
                .map((Readable row) -> List.of(
                        new SigningKey(
                                domain,
                                value(row, "ed25519_selector", String.class),
                                Algorithm.ED25519,
                                key("Ed25519", value(row, "ed25519_private", byte[].class))),
                        new SigningKey(
                                domain,
                                value(row, "rsa_selector", String.class),
                                Algorithm.RSA,
                                key("RSA", value(row, "rsa_private", byte[].class)))))
                .one();
    }

    /** Adds a pair that waits for its records; one that waited for the same domain is replaced. */
    Mono<Void> add(SenderDomain made, byte[] rsaPrivate, byte[] ed25519Private) {
        return database.sql(
                        "delete from sender_domain where workspace_id = $1 and domain = any($2) and active_at is null")
                .bind(0, made.key().workspaceId())
                .bind(1, spellings(made.domain()))
                .then()
                .then(database.sql("""
                                insert into sender_domain (workspace_id, id, domain, rsa_selector, rsa_public, rsa_private, ed25519_selector, ed25519_public, ed25519_private, created_at)
                                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                                """)
                        .bind(0, made.key().workspaceId())
                        .bind(1, made.key().id())
                        .bind(2, made.domain())
                        .bind(3, made.rsaSelector())
                        .bind(4, made.rsaPublic())
                        .bind(5, secret.seal(SEALED_FOR, rsaPrivate))
                        .bind(6, made.ed25519Selector())
                        .bind(7, made.ed25519Public())
                        .bind(8, secret.seal(SEALED_FOR, ed25519Private))
                        .bind(9, made.createdAt())
                        .then());
    }

    /** Lets a pair sign that waited, in the place of the one that did; otherwise {@code sender-domain.unknown}. */
    Mono<Void> activate(Key waiting, Instant now) {
        return database.sql("""
                        update sender_domain o set retired_at = $3 from sender_domain n
                        where o.workspace_id = $1 and n.workspace_id = $1 and n.id = $2 and n.active_at is null
                        and o.domain = n.domain and o.active_at is not null and o.retired_at is null
                        """)
                .bind(0, waiting.workspaceId())
                .bind(1, waiting.id())
                .bind(2, now)
                .then()
                .then(database.sql(
                                "update sender_domain set active_at = $3 where workspace_id = $1 and id = $2 and active_at is null")
                        .bind(0, waiting.workspaceId())
                        .bind(1, waiting.id())
                        .bind(2, now)
                        .fetch()
                        .rowsUpdated())
                .flatMap(rows -> rows == 0 ? Mono.error(new NotFound("sender-domain.unknown")) : Mono.<Void>empty());
    }

    /** Domains are kept in ASCII; some were once kept as they had been typed. */
    private static String[] spellings(String domain) {
        return Address.spellings(domain).toArray(String[]::new);
    }

    private PrivateKey key(String algorithm, byte[] sealed) {
        try {
            return KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(secret.open(SEALED_FOR, sealed)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that signs mail cannot be read", e);
        }
    }

    private static SenderDomain senderDomain(UUID workspaceId, Readable row) {
        return new SenderDomain(
                new Key(workspaceId, value(row, "id", UUID.class)),
                Address.domain(value(row, "domain", String.class)),
                value(row, "rsa_selector", String.class),
                value(row, "rsa_public", String.class),
                value(row, "ed25519_selector", String.class),
                value(row, "ed25519_public", String.class),
                value(row, "created_at", Instant.class),
                row.get("active_at", Instant.class),
                row.get("retired_at", Instant.class));
    }

    @Override
    public Mono<Long> reseal() {
        return Flux.just("rsa_private", "ed25519_private")
                .concatMap(column -> Resealed.column(database, secret, "sender_domain", column, SEALED_FOR))
                .reduce(0L, Long::sum);
    }
}
