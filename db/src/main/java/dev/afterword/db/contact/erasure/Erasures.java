package dev.afterword.db.contact.erasure;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.contact.Address;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.Resealed;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who was erased, known by keyed hashes (HMAC-SHA256, RFC 2104) of address and externalId. */
@Repository
public class Erasures implements Resealed {
    static final String USE = "ERASURE";
    private static final int KEY = 32;

    private final DatabaseClient database;
    private final AfterwordSecret secret;
    private volatile byte @Nullable [] key;

    Erasures(DatabaseClient database, AfterwordSecret secret) {
        this.database = database;
        this.secret = secret;
    }

    /**
     * Somebody who was erased.
     *
     * @param contactId what is left of them
     */
    public record Erased(UUID contactId, Instant at) {}

    /** Who of a batch was erased: by what a source says of them. */
    public record Among(Map<String, Erased> byAddress, Map<String, Erased> byExternalId) {
        public static final Among NOBODY = new Among(Map.of(), Map.of());

        /** The one with that externalId or that normalised address; null for nobody. */
        public @Nullable Erased find(@Nullable String externalId, @Nullable String address) {
            var named = externalId == null ? null : byExternalId.get(externalId);
            return named != null || address == null ? named : byAddress.get(address);
        }
    }

    /** Who of these was erased and has not come back; one statement. */
    public Mono<Among> among(UUID workspaceId, Collection<String> addresses, Collection<String> externalIds) {
        if (addresses.isEmpty() && externalIds.isEmpty()) {
            return Mono.just(Among.NOBODY);
        }
        return key().flatMap(key -> {
            var byAddress = hashes(key, workspaceId, "address", addresses);
            var byExternalId = hashes(key, workspaceId, "external-id", externalIds);
            var addressesGone = new HashMap<String, Erased>();
            var externalIdsGone = new HashMap<String, Erased>();
            return database.sql("""
                            select contact_id, erased_at, encode(address_hash, 'hex') as address, encode(external_id_hash, 'hex') as external_id from erasure
                            where workspace_id = $1 and lifted_at is null and address_hash in (select decode(h, 'hex') from unnest($2::text[]) h)
                            union
                            select contact_id, erased_at, encode(address_hash, 'hex'), encode(external_id_hash, 'hex') from erasure
                            where workspace_id = $1 and lifted_at is null and external_id_hash in (select decode(h, 'hex') from unnest($3::text[]) h)
                            """)
                    .bind(0, workspaceId)
                    .bind(1, byAddress.keySet().toArray(String[]::new))
                    .bind(2, byExternalId.keySet().toArray(String[]::new))
                    .map((Readable row) -> {
                        var erased = new Erased(
                                value(row, "contact_id", UUID.class), value(row, "erased_at", Instant.class));
                        var address = byAddress.get(Objects.toString(row.get("address", String.class)));
                        if (address != null) {
                            addressesGone.put(address, erased);
                        }
                        var externalId = byExternalId.get(Objects.toString(row.get("external_id", String.class)));
                        if (externalId != null) {
                            externalIdsGone.put(externalId, erased);
                        }
                        return true;
                    })
                    .all()
                    .then(Mono.fromSupplier(() -> new Among(addressesGone, externalIdsGone)));
        });
    }

    /** They have come back, and agreed to be known again. */
    public Mono<Void> lift(UUID workspaceId, Collection<UUID> contactIds, Instant now) {
        return contactIds.isEmpty()
                ? Mono.empty()
                : database.sql("update erasure set lifted_at = $3 where workspace_id = $1 and contact_id = any($2)")
                        .bind(0, workspaceId)
                        .bind(1, contactIds.toArray(UUID[]::new))
                        .bind(2, now)
                        .then();
    }

    Mono<ErasureFile.Line> line(
            String workspaceCode,
            UUID workspaceId,
            UUID contactId,
            @Nullable String address,
            @Nullable String externalId,
            Instant at) {
        return key().map(key -> new ErasureFile.Line(
                workspaceCode,
                contactId,
                address == null ? null : hash(key, workspaceId, "address", address),
                externalId == null ? null : hash(key, workspaceId, "external-id", externalId),
                at));
    }

    Mono<Void> add(UUID workspaceId, ErasureFile.Line line) {
        return database.sql("""
                        insert into erasure (workspace_id, contact_id, address_hash, external_id_hash, erased_at)
                        values ($1, $2, decode($3, 'hex'), decode($4, 'hex'), $5) on conflict do nothing
                        """)
                .bind(0, workspaceId)
                .bind(1, line.contact())
                .bind(2, line.address() == null ? Parameters.in(String.class) : line.address())
                .bind(3, line.externalId() == null ? Parameters.in(String.class) : line.externalId())
                .bind(4, line.at())
                .then();
    }

    /** The contacts of a workspace that are erased here. */
    Flux<UUID> all(UUID workspaceId) {
        return database.sql("select contact_id from erasure where workspace_id = $1")
                .bind(0, workspaceId)
                .mapValue(UUID.class)
                .all();
    }

    /** The key, made when it is first needed and sealed with the installation's secret. */
    private Mono<byte[]> key() {
        var known = key;
        if (known != null) {
            return Mono.just(known);
        }
        return sealed().switchIfEmpty(
                        Mono.defer(() -> keep(secret.seal(USE, random())).then(sealed())))
                .map(bytes -> secret.open(USE, bytes))
                .doOnNext(opened -> key = opened);
    }

    /** The sealed key as the file outside the database holds it too; made when it is first needed. */
    Mono<byte[]> sealedKey() {
        return key().then(sealed());
    }

    /** Takes the key of the file where the database has none, as after the restore of a dump that is older than the first erasure. */
    Mono<Void> keep(byte[] sealed) {
        return database.sql("insert into erasure_key (sealed) values ($1) on conflict do nothing")
                .bind(0, sealed)
                .then();
    }

    private Mono<byte[]> sealed() {
        return database.sql("select sealed from erasure_key")
                .map((Readable row) -> value(row, "sealed", byte[].class))
                .one();
    }

    private static byte[] random() {
        var bytes = new byte[KEY];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static Map<String, String> hashes(byte[] key, UUID workspaceId, String kind, Collection<String> values) {
        var hashes = new HashMap<String, String>();
        values.forEach(value ->
                spellings(kind, value).forEach(spelt -> hashes.put(hash(key, workspaceId, kind, spelt), value)));
        return hashes;
    }

    /** Addresses had no one form at first, and a hash cannot be given another. */
    private static List<String> spellings(String kind, String value) {
        return kind.equals("address") ? Address.spellings(value) : List.of(value);
    }

    private static String hash(byte[] key, UUID workspaceId, String kind, String value) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of()
                    .formatHex(
                            mac.doFinal((workspaceId + "\0" + kind + "\0" + value).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Mono<Long> reseal() {
        return Resealed.column(database, secret, "erasure_key", "sealed", USE);
    }
}
