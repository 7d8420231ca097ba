package dev.afterword.db.contact;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.workspace.Purpose;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The addresses that must not be written to. */
@Repository
public class Suppressions {
    private final DatabaseClient database;

    Suppressions(DatabaseClient database) {
        this.database = database;
    }

    /** Adds suppressions of one workspace; one that stands for the same address and purpose stays, unless it was the person's own wish and now is more. */
    public Mono<Void> add(UUID workspaceId, Collection<Suppression> suppressions) {
        if (suppressions.isEmpty()) {
            return Mono.empty();
        }
        return database.sql("""
                        insert into suppression as s (workspace_id, id, address, purpose, reason, created_at)
                        select distinct on (n.address, n.purpose) $1::uuid, n.* from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[]) n(id, address, purpose, reason, created_at)
                        on conflict (workspace_id, address, purpose) do update set reason = excluded.reason, created_at = excluded.created_at
                        where s.reason = 'unsubscribed' and excluded.reason <> 'unsubscribed'
                        """)
                .bind(0, workspaceId)
                .bind(
                        1,
                        Columns.array(
                                suppressions,
                                UUID.class,
                                suppression -> suppression.key().id()))
                .bind(2, Columns.array(suppressions, String.class, Suppression::address))
                .bind(3, Columns.array(suppressions, String.class, Suppressions::purpose))
                .bind(
                        4,
                        Columns.array(
                                suppressions,
                                String.class,
                                suppression -> suppression.reason().code()))
                .bind(5, Columns.array(suppressions, Instant.class, Suppression::createdAt))
                .then();
    }

    /** What stands for an address, in the form that {@link Address#normalise} gives. */
    public Mono<List<Suppression>> of(UUID workspaceId, String address) {
        return database.sql("""
                        select id, purpose, reason, created_at from suppression
                        where workspace_id = $1 and address = $2 order by created_at, id
                        """)
                .bind(0, workspaceId)
                .bind(1, address)
                .map((Readable row) -> suppression(workspaceId, address, row))
                .all()
                .collectList();
    }

    /** Takes back what a person had wished, for a purpose and for all; what stands for another reason stays. */
    Mono<Void> liftUnsubscribed(UUID workspaceId, String address, Purpose purpose) {
        return database.sql("""
                        delete from suppression
                        where workspace_id = $1 and address = $2 and reason = 'unsubscribed' and (purpose = $3 or purpose is null)
                        """)
                .bind(0, workspaceId)
                .bind(1, address)
                .bind(2, purpose.code())
                .then();
    }

    private static @Nullable String purpose(Suppression suppression) {
        var purpose = suppression.purpose();
        return purpose == null ? null : purpose.code();
    }

    private static Suppression suppression(UUID workspaceId, String address, Readable row) {
        var purpose = row.get("purpose", String.class);
        return new Suppression(
                new Key(workspaceId, Columns.value(row, "id", UUID.class)),
                address,
                purpose == null ? null : Purpose.of(purpose),
                SuppressionReason.of(Columns.value(row, "reason", String.class)),
                Columns.value(row, "created_at", Instant.class));
    }
}
