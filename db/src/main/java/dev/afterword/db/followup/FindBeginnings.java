package dev.afterword.db.followup;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.followup.Enrollments.Beginning;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Trigger;
import dev.afterword.db.message.ContactPolicies;
import dev.afterword.db.message.ContactPolicy;
import dev.afterword.db.workspace.Purpose;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds who begins a follow-up because of what happened: what triggers it, and the audience. */
@Component
class FindBeginnings {
    private static final Set<EventKind> ORDER = Set.of(EventKind.ORDER_ADDED, EventKind.ORDER_CHANGED);
    private static final Set<EventKind> RESPONSE =
            Set.of(EventKind.RESPONSE_GIVEN, EventKind.RESPONSE_CHANGED, EventKind.RESPONSE_JUDGED);

    /** The share of people who are left out of all follow-ups is drawn by this, which is no follow-up's name. */
    private static final String WORKSPACE_HOLDOUT = "/holdout";

    /** When order o came as far as {@code $3} says; null where it has not. */
    static final String REACHED = """
            case $3
                when 'placed' then o.placed_at
                when 'paid' then case when o.status not in ('placed', 'cancelled', 'refunded') then coalesce(o.updated_at, o.created_at) end
                when 'shipped' then case when o.status in ('shipped', 'delivered') or o.shipped_at is not null then coalesce(o.shipped_at, o.updated_at, o.created_at) end
                when 'delivered' then case when o.status = 'delivered' or o.delivered_at is not null then coalesce(o.delivered_at, o.updated_at, o.created_at) end
                else case when o.status = $3 then coalesce(o.updated_at, o.created_at) end
            end""";

    private final Audience audience;
    private final ContactPolicies policies;
    private final DatabaseClient database;

    FindBeginnings(Audience audience, ContactPolicies policies, DatabaseClient database) {
        this.audience = audience;
        this.policies = policies;
        this.database = database;
    }

    /** Those who begin because of these events. */
    Mono<List<Beginning>> of(FollowUp followUp, FollowUpDefinition definition, List<Event> events, Instant now) {
        var workspaceId = followUp.key().workspaceId();
        var found = switch (definition.trigger()) {
            case Trigger.OrderReaches reaches -> orders(workspaceId, reaches, events);
            case Trigger.ResponseGiven given -> responses(workspaceId, given, events);
            case Trigger.StageEntered entered -> moves(workspaceId, entered, events);
            case Trigger.CaseClosed closed -> cases(workspaceId, closed, events);
            case Trigger.TopicChanged _ -> changes(workspaceId, events);
            case Trigger.NoResponse _,
                    Trigger.AttributeDay _,
                    Trigger.SinceLastOrder _,
                    Trigger.SegmentEntered _,
                    Trigger.ByHand _ -> Mono.just(List.<Beginning>of());
        };
        return found.flatMap(beginnings -> fit(followUp, definition, beginnings, now));
    }

    /** Those of them who are in the audience; who is left out to compare is drawn here. */
    Mono<List<Beginning>> fit(
            FollowUp followUp, FollowUpDefinition definition, List<Beginning> beginnings, Instant now) {
        if (beginnings.isEmpty()) {
            return Mono.just(List.of());
        }
        var workspaceId = followUp.key().workspaceId();
        return Mono.zip(audience.of(workspaceId, definition, beginnings, now), policies.find(workspaceId))
                .map(found -> {
                    var known = found.getT1();
                    var rule = definition.audience();
                    var fitting = new ArrayList<Beginning>();
                    for (int at = 0; at < beginnings.size(); at++) {
                        if (rule == null || rule.holds(known.get(at))) {
                            fitting.add(drawn(followUp, definition, found.getT2(), beginnings.get(at)));
                        }
                    }
                    return fitting;
                });
    }

    private static Beginning drawn(
            FollowUp followUp, FollowUpDefinition definition, ContactPolicy policy, Beginning one) {
        return new Beginning(
                one.contactId(),
                one.orderId(),
                one.responseId(),
                one.occurrence(),
                one.begunAt(),
                one.imported(),
                heldBy(followUp, definition, policy, one.contactId()));
    }

    /** Nobody is kept from what is about their own order or case. */
    private static @Nullable HeldBy heldBy(
            FollowUp followUp, FollowUpDefinition definition, ContactPolicy policy, UUID contactId) {
        var workspaceId = followUp.key().workspaceId();
        if (definition.purpose() == Purpose.SERVICE) {
            return null;
        }
        if (StableDraw.of(workspaceId, WORKSPACE_HOLDOUT, contactId) < policy.holdout() / 100.0) {
            return HeldBy.WORKSPACE;
        }
        return StableDraw.of(workspaceId, followUp.followUpKey() + "/holdout", contactId) < definition.holdout() / 100.0
                ? HeldBy.FOLLOW_UP
                : null;
    }

    private Mono<List<Beginning>> orders(UUID workspaceId, Trigger.OrderReaches reaches, List<Event> events) {
        var orders = subjects(events, ORDER);
        if (orders.isEmpty()) {
            return Mono.just(List.of());
        }
        var lived = events.stream()
                .filter(event -> ORDER.contains(event.kind()) && !event.imported())
                .map(Event::subjectId)
                .collect(Collectors.toSet());
        return database.sql("""
                        select o.id, o.contact_id, %s as at
                        from customer_order o where o.workspace_id = $1 and o.id = any($2)
                        """.formatted(REACHED))
                .bind(0, workspaceId)
                .bind(1, orders.toArray(UUID[]::new))
                .bind(2, reaches.status().code())
                .map((Readable row) -> {
                    var id = value(row, "id", UUID.class);
                    return beginning(row, id, null, !lived.contains(id));
                })
                .all()
                .filter(beginning -> beginning.begunAt().isAfter(Instant.MIN))
                .collectList();
    }

    private Mono<List<Beginning>> responses(UUID workspaceId, Trigger.ResponseGiven given, List<Event> events) {
        var responses = events.stream()
                .filter(event -> RESPONSE.contains(event.kind()) && !event.imported())
                .map(Event::subjectId)
                .distinct()
                .toArray(UUID[]::new);
        return responses.length == 0
                ? Mono.just(List.of())
                : database.sql("""
                        select r.id, r.contact_id, r.order_id, r.answered_at as at from response r
                        join survey s on s.workspace_id = $1 and s.id = r.survey_id and s.key = $3
                        where r.workspace_id = $1 and r.id = any($2) and r.contact_id is not null and r.confirmed_at is not null and r.discarded_at is null and not r.imported
                        """)
                        .bind(0, workspaceId)
                        .bind(1, responses)
                        .bind(2, given.survey())
                        .map((Readable row) ->
                                beginning(row, row.get("order_id", UUID.class), value(row, "id", UUID.class), false))
                        .all()
                        .collectList();
    }

    private Mono<List<Beginning>> cases(UUID workspaceId, Trigger.CaseClosed closed, List<Event> events) {
        var cases = events.stream()
                .filter(event -> event.kind() == EventKind.CASE_CLOSED)
                .map(Event::subjectId)
                .distinct()
                .toArray(UUID[]::new);
        return cases.length == 0
                ? Mono.just(List.of())
                : database.sql("""
                        select k.id, k.contact_id, k.order_id, k.response_id, k.closed_at as at from support_case k
                        where k.workspace_id = $1 and k.id = any($2) and k.status = 'closed' and k.contact_id is not null and (k.kind = $3 or $3 = '')
                        """)
                        .bind(0, workspaceId)
                        .bind(1, cases)
                        .bind(2, closed.kind() == null ? "" : closed.kind())
                        .map((Readable row) -> beginning(
                                row, row.get("order_id", UUID.class), row.get("response_id", UUID.class), false))
                        .all()
                        .collectList();
    }

    /** Once for each contact and change, with the latest of what they said. */
    private Mono<List<Beginning>> changes(UUID workspaceId, List<Event> events) {
        var changes = events.stream()
                .filter(event -> event.kind() == EventKind.TOPIC_CHANGED)
                .map(Event::subjectId)
                .distinct()
                .toArray(UUID[]::new);
        return changes.length == 0
                ? Mono.just(List.of())
                : database.sql(
                                "select distinct on (c.id, r.contact_id) c.id as change_id, r.id, r.contact_id, c.announced_at as at "
                                        + AnnounceChange.WHO_SAID_IT
                                        + " where c.workspace_id = $1 and c.id = any($2) order by c.id, r.contact_id, r.answered_at desc")
                        .bind(0, workspaceId)
                        .bind(1, changes)
                        .map((Readable row) -> new Beginning(
                                value(row, "contact_id", UUID.class),
                                null,
                                value(row, "id", UUID.class),
                                AnnounceChange.occurrence(
                                        value(row, "change_id", UUID.class), value(row, "contact_id", UUID.class)),
                                value(row, "at", Instant.class),
                                false,
                                null))
                        .all()
                        .collectList();
    }

    private Mono<List<Beginning>> moves(UUID workspaceId, Trigger.StageEntered entered, List<Event> events) {
        var moves = events.stream()
                .filter(event -> event.kind() == EventKind.STAGE_MOVED && !event.imported())
                .map(Event::subjectId)
                .toArray(UUID[]::new);
        return moves.length == 0
                ? Mono.just(List.of())
                : database.sql(
                                "select m.id, m.contact_id, m.at from ladder_move m where m.workspace_id = $1 and m.id = any($2) and m.to_stage = $3")
                        .bind(0, workspaceId)
                        .bind(1, moves)
                        .bind(2, entered.stage())
                        .map((Readable row) -> beginning(row, null, null, false))
                        .all()
                        .collectList();
    }

    /** Once for each order, each response or each move. */
    private static Beginning beginning(Readable row, @Nullable UUID order, @Nullable UUID response, boolean imported) {
        var at = row.get("at", Instant.class);
        return new Beginning(
                value(row, "contact_id", UUID.class),
                order,
                response,
                value(row, "id", UUID.class).toString(),
                at == null ? Instant.MIN : at,
                imported,
                null);
    }

    private static Set<UUID> subjects(List<Event> events, Set<EventKind> kinds) {
        return events.stream()
                .filter(event -> kinds.contains(event.kind()))
                .map(Event::subjectId)
                .collect(Collectors.toSet());
    }
}
