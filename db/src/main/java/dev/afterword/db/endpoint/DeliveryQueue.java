package dev.afterword.db.endpoint;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import io.r2dbc.spi.Readable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Messages to endpoints that are due, and who has them: taken by lease, and what a dead worker held comes back. All times are the database's. */
@Repository
public class DeliveryQueue {
    /** No receiver is asked more at once, by however many workers. */
    private static final int AT_ONCE = 8;

    private final Endpoints endpoints;
    private final DatabaseClient database;

    DeliveryQueue(Endpoints endpoints, DatabaseClient database) {
        this.endpoints = endpoints;
        this.database = database;
    }

    /**
     * A message that a worker has, with what it is signed with.
     *
     * @param tries with this one
     */
    public record Leased(
            Key key,
            UUID endpointId,
            UUID token,
            URI url,
            String kind,
            String body,
            int tries,
            List<WebhookSecret> secrets) {
        public Leased {
            secrets = List.copyOf(secrets);
        }

        public boolean signable() {
            return !secrets.isEmpty();
        }

        /** The header {@code webhook-signature}: one entry for each secret that counts now. */
        public String signature(Instant at) {
            return secrets.stream()
                    .map(secret -> secret.sign(key.id().toString(), at, body))
                    .collect(Collectors.joining(" "));
        }
    }

    /** Workspaces with something due, found without locking by one look into the index for each endpoint. */
    public Mono<List<UUID>> workspacesWithDue(Instant now) {
        return database.sql("""
                        select e.workspace_id from endpoint e
                        cross join lateral (
                            select 1 from delivery d where d.workspace_id = e.workspace_id and d.endpoint_id = e.id and d.state = 'planned' and d.due_at <= $1 limit 1) due
                        where e.disabled_at is null
                        group by e.workspace_id order by e.workspace_id
                        """).bind(0, now).mapValue(UUID.class).all().collectList();
    }

    /** Leases what is due of each endpoint of a workspace, the oldest first, so that one that is slow holds up no other. */
    public Mono<List<Leased>> claim(UUID workspaceId, Instant now, Duration lease) {
        var token = Key.nextId();
        return database.sql("""
                        with due as materialized (
                            select d.id from endpoint e
                            cross join lateral (
                                select n.id from delivery n
                                where n.workspace_id = $1 and n.endpoint_id = e.id and n.state = 'planned' and n.due_at <= $2
                                order by n.due_at
                                limit greatest(0, $3 - (select count(*) from delivery l where l.workspace_id = $1 and l.endpoint_id = e.id and l.state = 'leased'))
                                for update skip locked) d
                            where e.workspace_id = $1 and e.disabled_at is null
                        ), claimed as (
                            update delivery d set state = 'leased', lease_until = $4, lease_token = $5, tries = d.tries + 1
                            from due where d.workspace_id = $1 and d.id = due.id
                            returning d.id, d.endpoint_id, d.kind, d.body, d.tries
                        )
                        select c.*, e.url, e.secret, case when e.previous_until > $2 then e.previous_secret end as previous_secret
                        from claimed c join endpoint e on e.workspace_id = $1 and e.id = c.endpoint_id
                        """)
                .bind(0, workspaceId)
                .bind(1, now)
                .bind(2, AT_ONCE)
                .bind(3, now.plus(lease))
                .bind(4, token)
                .map((Readable row) -> new Leased(
                        new Key(workspaceId, value(row, "id", UUID.class)),
                        value(row, "endpoint_id", UUID.class),
                        token,
                        URI.create(value(row, "url", String.class)),
                        value(row, "kind", String.class),
                        value(row, "body", String.class),
                        value(row, "tries", Integer.class),
                        secrets(value(row, "secret", byte[].class), row.get("previous_secret", byte[].class))))
                .all()
                .collectList();
    }

    /** None where they were sealed with a secret of the installation that is no longer known: what cannot be signed is not sent, and says so. */
    private List<WebhookSecret> secrets(byte[] current, byte @Nullable [] previous) {
        try {
            return Stream.concat(Stream.of(current), Stream.ofNullable(previous))
                    .map(endpoints::opened)
                    .toList();
        } catch (IllegalStateException e) {
            return List.of();
        }
    }

    /** What a worker took and let expire is due again: a receiver knows by its id whether it has it already. */
    public Mono<Long> takeBackExpired(Instant now) {
        return database.sql("""
                        with expired as materialized (
                            select d.workspace_id, d.id from endpoint e
                            join delivery d on d.workspace_id = e.workspace_id and d.endpoint_id = e.id
                            where d.state = 'leased' and d.lease_until < $1 limit 1000 for update of d skip locked
                        )
                        update delivery d set state = 'planned', lease_until = null, lease_token = null
                        from expired x where d.workspace_id = x.workspace_id and d.id = x.id
                        """).bind(0, now).fetch().rowsUpdated();
    }

    /** Forgets what is over and older; at most 1,000 at a time. */
    public Mono<Long> forget(Instant before) {
        return database.sql("""
                        with old as materialized (
                            select workspace_id, id from delivery where created_at < $1 and state in ('delivered', 'failed', 'cancelled') limit 1000 for update skip locked
                        )
                        delete from delivery d using old o where d.workspace_id = o.workspace_id and d.id = o.id
                        """).bind(0, before).fetch().rowsUpdated();
    }
}
