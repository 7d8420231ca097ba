package dev.afterword.db.workspace;

import dev.afterword.db.Columns;
import dev.afterword.db.Conflict;
import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The second factors of all staff: an app's codes, each of which works once, and recovery codes for who lost the app. */
@Repository
public class SecondFactors implements Resealed {
    private static final String USE = "second-factor";
    private static final int SEED = 20;
    private static final int CODES = 10;
    private static final Pattern BY_APP = Pattern.compile("\\d{" + Totp.DIGITS + "}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final DatabaseClient database;
    private final AfterwordSecret secret;
    private final Transactions transactions;
    private final Clock clock;

    SecondFactors(DatabaseClient database, AfterwordSecret secret, Transactions transactions, Clock clock) {
        this.database = database;
        this.secret = secret;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * How somebody stands with it.
     *
     * @param codesLeft recovery codes that are not used yet
     */
    public record Standing(boolean on, long codesLeft) {}

    public Mono<Standing> of(UUID staffId) {
        return database.sql("""
                        select count(r.code_hash) as left_over from second_factor f
                        left join recovery_code r on r.staff_id = f.staff_id and r.used_at is null
                        where f.staff_id = $1 and f.confirmed_at is not null group by f.staff_id
                        """)
                .bind(0, staffId)
                .mapValue(Long.class)
                .one()
                .map(left -> new Standing(true, left))
                .defaultIfEmpty(new Standing(false, 0));
    }

    /** A seed to put into an app, in base32: the one that waits for its first code, or a new one. Conflict when a factor is on already. */
    public Mono<String> begin(UUID staffId) {
        var fresh = new byte[SEED];
        RANDOM.nextBytes(fresh);
        return database.sql("""
                        insert into second_factor (staff_id, seed, created_at) values ($1, $2, $3)
                        on conflict (staff_id) do update set last_step = second_factor.last_step where second_factor.confirmed_at is null
                        returning seed
                        """)
                .bind(0, staffId)
                .bind(1, secret.seal(USE, fresh))
                .bind(2, clock.instant())
                .mapValue(byte[].class)
                .one()
                .switchIfEmpty(Mono.error(() -> new Conflict("second-factor.on-already")))
                .map(hidden -> Base32.encode(secret.open(USE, hidden)).toUpperCase(Locale.ROOT));
    }

    /** Switches it on with the first code of the app, and gives the recovery codes, which are never seen again. */
    public Mono<List<String>> confirm(UUID staffId, String code) {
        var codes = IntStream.range(0, CODES)
                .mapToObj(_ -> readable(Base32.random(24)))
                .toList();
        return transactions.run(step(staffId, code, false)
                .filter(right -> right)
                .switchIfEmpty(Mono.error(() -> new Rejected("second-factor.wrong", "code")))
                .then(database.sql(
                                "update second_factor set confirmed_at = $2 where staff_id = $1 and confirmed_at is null")
                        .bind(0, staffId)
                        .bind(1, clock.instant())
                        .then())
                .then(database.sql("delete from recovery_code where staff_id = $1")
                        .bind(0, staffId)
                        .then())
                .then(database.sql(
                                "insert into recovery_code (staff_id, code_hash) select $1, decode(c, 'hex') from unnest($2::text[]) c")
                        .bind(0, staffId)
                        .bind(
                                1,
                                codes.stream()
                                        .map(one -> HexFormat.of().formatHex(hash(one)))
                                        .toArray(String[]::new))
                        .then())
                .thenReturn(codes));
    }

    /** Whether it is a code of their app, or one of their recovery codes; either works once. Rejected with {@code second-factor.wrong} otherwise. */
    public Mono<Void> check(UUID staffId, String given) {
        var code = given.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
        return transactions
                .run(BY_APP.matcher(code).matches() ? step(staffId, code, true) : recovery(staffId, code))
                .filter(right -> right)
                .switchIfEmpty(Mono.error(() -> new Rejected("second-factor.wrong", "code")))
                .then();
    }

    /** The clocks of phones go wrong by half a minute; a step that was used, or one before it, is not taken again. */
    private Mono<Boolean> step(UUID staffId, String given, boolean confirmed) {
        var code = given.replaceAll("\\s", "");
        long now = Totp.step(clock.instant());
        return database.sql(
                        "select seed, last_step from second_factor where staff_id = $1 and (confirmed_at is not null) = $2 for update")
                .bind(0, staffId)
                .bind(1, confirmed)
                .map((Readable row) -> LongStream.rangeClosed(now - 1, now + 1)
                        .filter(step -> step > Columns.value(row, "last_step", Long.class))
                        .filter(step -> same(
                                Totp.code(
                                        secret.open(USE, Columns.value(row, "seed", byte[].class)), step, Totp.DIGITS),
                                code))
                        .findFirst())
                .one()
                .flatMap(step -> step.isEmpty()
                        ? Mono.just(false)
                        : database.sql("update second_factor set last_step = $2 where staff_id = $1")
                                .bind(0, staffId)
                                .bind(1, step.getAsLong())
                                .then()
                                .thenReturn(true))
                .defaultIfEmpty(false);
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private Mono<Boolean> recovery(UUID staffId, String code) {
        return database.sql("""
                        update recovery_code r set used_at = $3 from second_factor f
                        where r.staff_id = $1 and r.code_hash = $2 and r.used_at is null and f.staff_id = $1 and f.confirmed_at is not null
                        """)
                .bind(0, staffId)
                .bind(1, hash(code))
                .bind(2, clock.instant())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    private static byte[] hash(String code) {
        return Sessions.sha256(code.replace("-", ""));
    }

    private static String readable(String code) {
        return String.join(
                "-",
                Stream.iterate(0, at -> at < code.length(), at -> at + 4)
                        .map(at -> code.substring(at, at + 4))
                        .toList());
    }

    /** Switches it off; its recovery codes go with it. */
    public Mono<Void> remove(UUID staffId) {
        return database.sql("delete from second_factor where staff_id = $1")
                .bind(0, staffId)
                .then();
    }

    /** Whether a workspace asks everybody for a second factor. */
    public Mono<Boolean> required(UUID workspaceId) {
        return database.sql("select two_factors_since is not null from people_policy where workspace_id = $1")
                .bind(0, workspaceId)
                .mapValue(Boolean.class)
                .one()
                .defaultIfEmpty(false);
    }

    public Mono<Void> require(UUID workspaceId, boolean of) {
        return database.sql("""
                        insert into people_policy (workspace_id, two_factors_since) values ($1, $2)
                        on conflict (workspace_id) do update set two_factors_since = excluded.two_factors_since
                        """)
                .bind(0, workspaceId)
                .bind(1, of ? clock.instant() : Parameters.in(Instant.class))
                .then();
    }

    @Override
    public Mono<Long> reseal() {
        return Resealed.column(database, secret, "second_factor", "seed", USE);
    }
}
