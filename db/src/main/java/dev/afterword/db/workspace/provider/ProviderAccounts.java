package dev.afterword.db.workspace.provider;

import dev.afterword.db.Columns;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Who the people of a workspace are at its provider. */
@Repository
public class ProviderAccounts {
    private final DatabaseClient database;

    ProviderAccounts(DatabaseClient database) {
        this.database = database;
    }

    /** Somebody who has signed in by the provider. */
    public record Linked(UUID staffId, String name, String email, Instant since) {}

    /** Everybody who has signed in by it, by name. */
    public Mono<List<Linked>> of(UUID workspaceId, String issuer) {
        return database.sql("""
                        select a.staff_id, s.name, s.email, a.created_at from provider_account a join staff s on s.id = a.staff_id
                        where a.workspace_id = $1 and a.issuer = $2 order by lower(s.name), s.id
                        """)
                .bind(0, workspaceId)
                .bind(1, issuer)
                .map((Readable row) -> new Linked(
                        Columns.value(row, "staff_id", UUID.class),
                        Columns.value(row, "name", String.class),
                        Columns.value(row, "email", String.class),
                        Columns.value(row, "created_at", Instant.class)))
                .all()
                .collectList();
    }

    /** The member that is this account; empty where none is yet. */
    Mono<UUID> member(UUID workspaceId, Vouched vouched) {
        return database.sql(
                        "select staff_id from provider_account where workspace_id = $1 and issuer = $2 and subject = $3")
                .bind(0, workspaceId)
                .bind(1, vouched.issuer())
                .bind(2, vouched.subject())
                .mapValue(UUID.class)
                .one();
    }

    /** The member with that mail address; empty where there is none in this workspace. */
    Mono<UUID> memberByAddress(UUID workspaceId, String email) {
        return database.sql("""
                        select m.staff_id from membership m join staff s on s.id = m.staff_id
                        where m.workspace_id = $1 and lower(s.email) = lower(trim($2)) for update of m
                        """)
                .bind(0, workspaceId)
                .bind(1, email)
                .mapValue(UUID.class)
                .one();
    }

    /** Keeps that a member is this account; false where they are another one already. */
    Mono<Boolean> link(UUID workspaceId, Vouched vouched, UUID staffId, Instant now) {
        return database.sql("""
                        insert into provider_account (workspace_id, issuer, subject, staff_id, created_at) values ($1, $2, $3, $4, $5)
                        on conflict do nothing
                        """)
                .bind(0, workspaceId)
                .bind(1, vouched.issuer())
                .bind(2, vouched.subject())
                .bind(3, staffId)
                .bind(4, now)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    Mono<Void> remove(UUID workspaceId, UUID staffId) {
        return database.sql("delete from provider_account where workspace_id = $1 and staff_id = $2")
                .bind(0, workspaceId)
                .bind(1, staffId)
                .then();
    }

    Mono<Void> removeAll(UUID workspaceId) {
        return database.sql("delete from provider_account where workspace_id = $1")
                .bind(0, workspaceId)
                .then();
    }
}
