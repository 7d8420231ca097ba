package dev.afterword.db.response;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The invitations of all workspaces. */
@Repository
public class Invitations {
    private static final String COLUMNS =
            "workspace_id, id, survey_id, version_id, contact_id, order_id, link_id, origin, language, asked_at, accepted_at, answered_at, closes_at, created_at";

    private final DatabaseClient database;

    Invitations(DatabaseClient database) {
        this.database = database;
    }

    /** That invitation; otherwise {@code invitation.unknown}. */
    public Mono<Invitation> find(Key key) {
        return database.sql("select " + COLUMNS + " from invitation where workspace_id = $1 and id = $2")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .map(Invitations::read)
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("invitation.unknown")));
    }

    /** The one invitation that stands for a survey and an order; empty without one. */
    public Mono<Invitation> standing(UUID workspaceId, UUID surveyId, UUID orderId) {
        return database.sql("select " + COLUMNS
                        + " from invitation where workspace_id = $1 and survey_id = $2 and order_id = $3")
                .bind(0, workspaceId)
                .bind(1, surveyId)
                .bind(2, orderId)
                .map(Invitations::read)
                .one();
    }

    /**
     * Adds invitations in one statement, in the transaction of their cause, with what their surveys promise to whom they know. Where one already stands for the
     * survey and the order, it stays.
     *
     * @return those that were added
     */
    public Mono<List<Invitation>> insert(Collection<Invitation> invitations) {
        if (invitations.isEmpty()) {
            return Mono.just(List.of());
        }
        return database.sql("insert into invitation as v (" + COLUMNS + ", promise) " + """
                        select n.*, case when n.contact_id is not null then s.promise end from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::text[], $9::text[],
                            $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::timestamptz[])
                            n(workspace_id, id, survey_id, version_id, contact_id)
                        left join survey s on s.workspace_id = any($1) and s.workspace_id = n.workspace_id and s.id = n.survey_id
                        on conflict do nothing
                        returning v.id
                        """)
                .bind(0, Columns.array(invitations, UUID.class, one -> one.key().workspaceId()))
                .bind(1, Columns.array(invitations, UUID.class, one -> one.key().id()))
                .bind(2, Columns.array(invitations, UUID.class, Invitation::surveyId))
                .bind(3, Columns.array(invitations, UUID.class, Invitation::versionId))
                .bind(4, Columns.array(invitations, UUID.class, Invitation::contactId))
                .bind(5, Columns.array(invitations, UUID.class, Invitation::orderId))
                .bind(6, Columns.array(invitations, UUID.class, Invitation::linkId))
                .bind(
                        7,
                        Columns.array(
                                invitations, String.class, one -> one.origin().code()))
                .bind(8, Columns.array(invitations, String.class, Invitation::language))
                .bind(9, Columns.array(invitations, Instant.class, Invitation::askedAt))
                .bind(10, Columns.array(invitations, Instant.class, Invitation::acceptedAt))
                .bind(11, Columns.array(invitations, Instant.class, Invitation::answeredAt))
                .bind(12, Columns.array(invitations, Instant.class, Invitation::closesAt))
                .bind(13, Columns.array(invitations, Instant.class, Invitation::createdAt))
                .mapValue(UUID.class)
                .all()
                .collect(Collectors.toSet())
                .map(added -> kept(invitations, added));
    }

    private static List<Invitation> kept(Collection<Invitation> invitations, Set<UUID> added) {
        return invitations.stream()
                .filter(one -> added.contains(one.key().id()))
                .toList();
    }

    static Object orNull(@Nullable UUID id) {
        return id == null ? Parameters.in(UUID.class) : id;
    }

    static Invitation read(Readable row) {
        return new Invitation(
                new Key(Columns.value(row, "workspace_id", UUID.class), Columns.value(row, "id", UUID.class)),
                Columns.value(row, "survey_id", UUID.class),
                Columns.value(row, "version_id", UUID.class),
                row.get("contact_id", UUID.class),
                row.get("order_id", UUID.class),
                row.get("link_id", UUID.class),
                Invitation.Origin.of(Columns.value(row, "origin", String.class)),
                Columns.value(row, "language", String.class),
                row.get("asked_at", Instant.class),
                row.get("accepted_at", Instant.class),
                row.get("answered_at", Instant.class),
                Columns.value(row, "closes_at", Instant.class),
                Columns.value(row, "created_at", Instant.class));
    }
}
