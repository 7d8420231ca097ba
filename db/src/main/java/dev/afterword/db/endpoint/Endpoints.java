package dev.afterword.db.endpoint;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rejected;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.Resealed;
import io.r2dbc.spi.Readable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The endpoints of all workspaces; what is secret of them is encrypted at rest and shown once. */
@Repository
public class Endpoints implements Resealed {
    private static final String SEALED_FOR = "endpoint";
    private static final int MOST = 50;
    /** So long an earlier secret signs too. */
    private static final Duration OVERLAP = Duration.ofHours(24);

    private static final String COLUMNS =
            "e.workspace_id, e.id, e.name, e.url, e.kinds, e.failing_since, e.disabled_at, e.disabled_because, e.created_at";

    private final EndpointHosts hosts;
    private final AfterwordSecret secret;
    private final DatabaseClient database;
    private final DatabaseTime time;

    Endpoints(EndpointHosts hosts, AfterwordSecret secret, DatabaseClient database, DatabaseTime time) {
        this.hosts = hosts;
        this.secret = secret;
        this.database = database;
        this.time = time;
    }

    /** An endpoint and the secret that it got, which is never seen again. */
    public record Created(Endpoint endpoint, String secret) {}

    /** All endpoints of a workspace by name. */
    public Mono<List<Endpoint>> of(UUID workspaceId) {
        return database.sql("select " + COLUMNS + " from endpoint e where e.workspace_id = $1 order by e.name")
                .bind(0, workspaceId)
                .map(Endpoints::endpoint)
                .all()
                .collectList();
    }

    /** That endpoint; otherwise {@code endpoint.unknown}. */
    public Mono<Endpoint> find(UUID workspaceId, String name) {
        return database.sql("select " + COLUMNS + " from endpoint e where e.workspace_id = $1 and e.name = $2")
                .bind(0, workspaceId)
                .bind(1, name)
                .map(Endpoints::endpoint)
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("endpoint.unknown")));
    }

    /** A new endpoint that is on; otherwise {@code endpoint.name-taken}, {@code endpoint.too-many}, or what is wrong with its name or URL. */
    public Mono<Created> create(UUID workspaceId, String name, String url, Set<EventKind> kinds) {
        return Mono.defer(() -> {
            var made = WebhookSecret.random();
            var checkedName = Endpoint.checkedName(name);
            var checkedUrl = hosts.checked(url);
            return time.now()
                    .flatMap(now -> database.sql("""
                                    insert into endpoint (workspace_id, id, name, url, kinds, secret, created_at)
                                    select $1, $2, $3, $4, $5, $6, $7 where (select count(*) from endpoint where workspace_id = $1) < $8
                                    """)
                            .bind(0, workspaceId)
                            .bind(1, Key.nextId())
                            .bind(2, checkedName)
                            .bind(3, checkedUrl.toString())
                            .bind(4, codes(kinds))
                            .bind(5, secret.seal(SEALED_FOR, made.bytes()))
                            .bind(6, now)
                            .bind(7, MOST)
                            .fetch()
                            .rowsUpdated())
                    .onErrorMap(DuplicateKeyException.class, taken -> new Rejected("endpoint.name-taken", "name", name))
                    .filter(rows -> rows == 1)
                    .switchIfEmpty(Mono.error(() -> new Conflict("endpoint.too-many", MOST)))
                    .flatMap(rows -> find(workspaceId, checkedName))
                    .map(endpoint -> new Created(endpoint, made.shown()));
        });
    }

    /** Changes where it is and what it hears of; one that failed gets a new chance. */
    public Mono<Endpoint> change(Endpoint endpoint, String url, Set<EventKind> kinds) {
        return Mono.fromCallable(() -> hosts.checked(url))
                .flatMap(checked -> database.sql("""
                                update endpoint set url = $3, kinds = $4, failing_since = case when url = $3 then failing_since end
                                where workspace_id = $1 and id = $2
                                """)
                        .bind(0, endpoint.key().workspaceId())
                        .bind(1, endpoint.key().id())
                        .bind(2, checked.toString())
                        .bind(3, codes(kinds))
                        .then())
                .then(Mono.defer(() -> find(endpoint.key().workspaceId(), endpoint.name())));
    }

    /** Switches it on; what happened while it was off is not delivered. */
    public Mono<Endpoint> enable(Endpoint endpoint) {
        return database.sql("""
                        update endpoint set disabled_at = null, disabled_because = null, failing_since = null
                        where workspace_id = $1 and id = $2 and disabled_at is not null
                        """)
                .bind(0, endpoint.key().workspaceId())
                .bind(1, endpoint.key().id())
                .then()
                .then(find(endpoint.key().workspaceId(), endpoint.name()));
    }

    /** Switches it off, and cancels what waits for it. */
    public Mono<Endpoint> disable(Endpoint endpoint) {
        return time.now()
                .flatMap(now -> off(endpoint.key(), Endpoint.Because.STAFF, now))
                .then(find(endpoint.key().workspaceId(), endpoint.name()));
    }

    /** One statement; whether it was on until then. */
    Mono<Boolean> off(Key key, Endpoint.Because because, Instant now) {
        return database.sql("""
                        with off as (
                            update endpoint set disabled_at = $3, disabled_because = $4
                            where workspace_id = $1 and id = $2 and disabled_at is null returning id
                        ), cancelled as (
                            update delivery set state = 'cancelled', finished_at = $3
                            where workspace_id = $1 and endpoint_id = $2 and state = 'planned' and exists (select from off)
                        )
                        select exists (select from off) as was_on
                        """)
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, now)
                .bind(3, because.code())
                .mapValue(Boolean.class)
                .one();
    }

    /** A new secret; the one before signs too for a day. */
    public Mono<String> rotate(Endpoint endpoint) {
        return Mono.fromCallable(WebhookSecret::random)
                .flatMap(made -> time.now()
                        .flatMap(now -> database.sql("""
                                        update endpoint set previous_secret = secret, previous_until = $4, secret = $3
                                        where workspace_id = $1 and id = $2
                                        """)
                                .bind(0, endpoint.key().workspaceId())
                                .bind(1, endpoint.key().id())
                                .bind(2, secret.seal(SEALED_FOR, made.bytes()))
                                .bind(3, now.plus(OVERLAP))
                                .then())
                        .thenReturn(made.shown()));
    }

    /** Removes it and everything that was delivered to it. */
    public Mono<Void> remove(Endpoint endpoint) {
        return database.sql("delete from endpoint where workspace_id = $1 and id = $2")
                .bind(0, endpoint.key().workspaceId())
                .bind(1, endpoint.key().id())
                .then();
    }

    WebhookSecret opened(byte[] sealed) {
        return new WebhookSecret(secret.open(SEALED_FOR, sealed));
    }

    private static String[] codes(Set<EventKind> kinds) {
        return kinds.stream().map(EventKind::code).sorted().toArray(String[]::new);
    }

    private static Endpoint endpoint(Readable row) {
        var because = row.get("disabled_because", String.class);
        return new Endpoint(
                new Key(value(row, "workspace_id", UUID.class), value(row, "id", UUID.class)),
                value(row, "name", String.class),
                URI.create(value(row, "url", String.class)),
                Arrays.stream(value(row, "kinds", String[].class))
                        .map(EventKind::of)
                        .collect(Collectors.toSet()),
                row.get("failing_since", Instant.class),
                row.get("disabled_at", Instant.class),
                because == null ? null : Endpoint.Because.of(because),
                value(row, "created_at", Instant.class));
    }

    @Override
    public Mono<Long> reseal() {
        return Flux.just("secret", "previous_secret")
                .concatMap(column -> Resealed.column(database, secret, "endpoint", column, SEALED_FOR))
                .reduce(0L, Long::sum);
    }
}
