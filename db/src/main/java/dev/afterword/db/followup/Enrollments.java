package dev.afterword.db.followup;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who goes through which follow-up. */
@Repository
class Enrollments {
    private final DatabaseClient database;

    Enrollments(DatabaseClient database) {
        this.database = database;
    }

    /**
     * Somebody who begins.
     *
     * @param occurrence what it is once for
     * @param heldBy why nobody writes to them; null: somebody does
     */
    record Beginning(
            UUID contactId,
            @Nullable UUID orderId,
            @Nullable UUID responseId,
            String occurrence,
            Instant begunAt,
            boolean imported,
            @Nullable HeldBy heldBy) {}

    /**
     * {@code $1} the workspace, {@code $2} the follow-up, {@code $3} whether each time is for itself, {@code $4} how many days must lie between two journeys of a
     * contact, 0 where nothing is said; {@code n} who would begin.
     */
    private static final String FREE = """
            ($3 and $4 = 0 or not exists (
                select from enrollment b where b.workspace_id = $1 and b.contact_id = n.contact_id and b.follow_up_id = $2
                and ($4 = 0 or b.begun_at > n.begun_at - make_interval(days => $4))))""";

    /**
     * Lets those begin who have not for the same occurrence, nor at all or lately where the follow-up says that a contact goes through it once or how many days lie
     * between; the ids of those who did.
     */
    Mono<List<UUID>> begin(FollowUp followUp, FollowUp.Published published, List<Beginning> beginnings, Instant now) {
        if (beginnings.isEmpty()) {
            return Mono.just(List.of());
        }
        return bound("""
                        insert into enrollment as e (workspace_id, id, follow_up_id, version_id, contact_id, order_id, response_id, occurrence, begun_at, imported, holdout, held_by, created_at)
                        select $1, n.id, $2, $5, n.contact_id, n.order_id, n.response_id, n.occurrence, n.begun_at, n.imported, n.held_by is not null, n.held_by, $6
                        from (
                            select n.*, row_number() over (partition by n.contact_id order by n.begun_at, n.id) as nth
                            from unnest($7::uuid[], $8::uuid[], $9::uuid[], $10::uuid[], $11::text[], $12::timestamptz[], $13::boolean[], $14::text[])
                                n(id, contact_id, order_id, response_id, occurrence, begun_at, imported, held_by)
                            where %s) n
                        where $3 and $4 = 0 or n.nth = 1
                        on conflict (workspace_id, follow_up_id, occurrence) do nothing
                        returning e.id
                        """.formatted(FREE), followUp, published.definition())
                .bind(4, published.versionId())
                .bind(5, now)
                .bind(6, Columns.array(beginnings, UUID.class, one -> Key.nextId()))
                .bind(7, Columns.array(beginnings, UUID.class, Beginning::contactId))
                .bind(8, Columns.array(beginnings, UUID.class, Beginning::orderId))
                .bind(9, Columns.array(beginnings, UUID.class, Beginning::responseId))
                .bind(10, Columns.array(beginnings, String.class, Beginning::occurrence))
                .bind(11, Columns.array(beginnings, Instant.class, Beginning::begunAt))
                .bind(12, Columns.array(beginnings, Boolean.class, Beginning::imported))
                .bind(13, Columns.array(beginnings, String.class, Enrollments::heldBy))
                .mapValue(UUID.class)
                .all()
                .collectList();
    }

    /** How many of these, each another contact, would begin. */
    Mono<Integer> count(FollowUp followUp, FollowUpDefinition definition, List<Beginning> beginnings) {
        return bound(
                        "select count(*)::int from unnest($5::uuid[], $6::timestamptz[]) n(contact_id, begun_at) where "
                                + FREE,
                        followUp,
                        definition)
                .bind(4, Columns.array(beginnings, UUID.class, Beginning::contactId))
                .bind(5, Columns.array(beginnings, Instant.class, Beginning::begunAt))
                .mapValue(Integer.class)
                .one();
    }

    /**
     * Those of them who would begin by the same rule, one after the other as time passes.
     *
     * @param until journeys that began before count as lived
     */
    Mono<List<Beginning>> apart(
            FollowUp followUp, FollowUpDefinition definition, List<Beginning> beginnings, Instant until) {
        return latest(followUp, beginnings, until).map(latest -> {
            var begun = new HashMap<>(latest);
            return beginnings.stream()
                    .sorted(Comparator.comparing(Beginning::begunAt))
                    .filter(one -> {
                        var free = definition.mayBegin(begun.get(one.contactId()), one.begunAt());
                        if (free) {
                            begun.put(one.contactId(), one.begunAt());
                        }
                        return free;
                    })
                    .toList();
        });
    }

    private Mono<Map<UUID, Instant>> latest(FollowUp followUp, List<Beginning> beginnings, Instant until) {
        return database.sql("""
                        select e.contact_id, max(e.begun_at) as begun_at from enrollment e
                        where e.workspace_id = $1 and e.follow_up_id = $2 and e.contact_id = any($3) and e.begun_at < $4 group by e.contact_id
                        """)
                .bind(0, followUp.key().workspaceId())
                .bind(1, followUp.key().id())
                .bind(2, Columns.array(beginnings, UUID.class, Beginning::contactId))
                .bind(3, until)
                .map((Readable row) ->
                        Map.entry(value(row, "contact_id", UUID.class), value(row, "begun_at", Instant.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private DatabaseClient.GenericExecuteSpec bound(String sql, FollowUp followUp, FollowUpDefinition definition) {
        var again = definition.again();
        return database.sql(sql)
                .bind(0, followUp.key().workspaceId())
                .bind(1, followUp.key().id())
                .bind(2, definition.trigger().eachTime())
                .bind(3, again == null ? 0 : again);
    }

    private static @Nullable String heldBy(Beginning one) {
        var heldBy = one.heldBy();
        return heldBy == null ? null : heldBy.code();
    }

    /** Orders that were known from imported history alone and of which there is news now: their journeys are lived. */
    Mono<Void> comeAlive(UUID workspaceId, Collection<UUID> orders) {
        return orders.isEmpty()
                ? Mono.empty()
                : database.sql("""
                        update enrollment set imported = false, ended_at = null, end_reason = null
                        where workspace_id = $1 and order_id = any($2) and imported
                        """)
                        .bind(0, workspaceId)
                        .bind(1, orders.toArray(UUID[]::new))
                        .then();
    }

    /** The journeys of these contacts that are not over, by follow-up. */
    Mono<Map<UUID, Collection<UUID>>> running(UUID workspaceId, Set<UUID> contacts) {
        return contacts.isEmpty()
                ? Mono.just(Map.of())
                : byFollowUp(database.sql("""
                        select follow_up_id, id from enrollment where workspace_id = $1 and contact_id = any($2) and ended_at is null
                        """).bind(0, workspaceId).bind(1, contacts.toArray(UUID[]::new)));
    }

    /** The journeys that are to be looked at by now, the oldest first, by follow-up. */
    Mono<Map<UUID, Collection<UUID>>> due(UUID workspaceId, Instant now, int most) {
        return byFollowUp(database.sql("""
                        select follow_up_id, id from enrollment where workspace_id = $1 and due_at <= $2 and ended_at is null order by due_at, id limit $3
                        """).bind(0, workspaceId).bind(1, now).bind(2, most));
    }

    /** The workspaces with a journey that is to be looked at by now. */
    Flux<UUID> workspacesWithDue(Instant now) {
        return database.sql("""
                        select w.id from workspace w
                        where exists (select from enrollment e where e.workspace_id = w.id and e.due_at <= $1 and e.ended_at is null)
                        order by w.id
                        """).bind(0, now).mapValue(UUID.class).all();
    }

    /** The journeys of a follow-up that are not over, after one's id. */
    Mono<List<UUID>> page(Key followUp, UUID after, int most) {
        return database.sql("""
                        select id from enrollment where workspace_id = $1 and follow_up_id = $2 and id > $3 and ended_at is null order by id limit $4
                        """)
                .bind(0, followUp.workspaceId())
                .bind(1, followUp.id())
                .bind(2, after)
                .bind(3, most)
                .mapValue(UUID.class)
                .all()
                .collectList();
    }

    /** Has everybody who is on their way through it looked at anew from now on. */
    Mono<Void> lookAtAll(Key followUp, Instant now) {
        return database.sql(
                        "update enrollment set due_at = $3 where workspace_id = $1 and follow_up_id = $2 and ended_at is null")
                .bind(0, followUp.workspaceId())
                .bind(1, followUp.id())
                .bind(2, now)
                .then();
    }

    /** Has these looked at from now on. */
    Mono<Void> lookAt(UUID workspaceId, Collection<UUID> enrollments, Instant now) {
        return database.sql("update enrollment set due_at = $3 where workspace_id = $1 and id = any($2)")
                .bind(0, workspaceId)
                .bind(1, enrollments.toArray(UUID[]::new))
                .bind(2, now)
                .then();
    }

    private static Mono<Map<UUID, Collection<UUID>>> byFollowUp(DatabaseClient.GenericExecuteSpec statement) {
        return statement
                .map((Readable row) -> Map.entry(value(row, "follow_up_id", UUID.class), value(row, "id", UUID.class)))
                .all()
                .collectMultimap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
